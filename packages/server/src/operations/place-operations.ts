import type { Document, EditableSource, SwitchStore } from '@sluice/core';
import { killInDocument, restoreInDocument } from './document-switching.ts';
import { editDocument } from './edit-document.ts';
import { type KnownDocument, lookAt, type ReadableDocument } from './known-document.ts';
import { OperationError, type Operations } from './operations.ts';
import { overviewOf } from './overview.ts';
import { percentageEdit } from './percentage-change.ts';
import { promoteEdit } from './promote-change.ts';
import { replaceDocument } from './replace-document.ts';
import { killInStore, restoreInStore } from './store-switching.ts';
import { checkAuthor } from './switch-changes.ts';

export interface Place {
  /** What a person calls it, for messages. @default the names of its parts */
  readonly name?: string;
  /** Where the document is kept. @default none: only switches can be changed */
  readonly source?: EditableSource;
  /** Where a document can be read that cannot be edited here: names are checked by it. @default none */
  readonly served?: ReadableDocument;
  /** Where switches are kept apart from the document. @default none: a kill edits the document */
  readonly switches?: SwitchStore;
}

/** Operations on a document and switches that this process reaches itself; `close` closes both. */
export function placeOperations({ source, served, switches, name }: Place): Operations {
  const place = name ?? [switches?.name, source?.name].filter((each) => each !== undefined).join(' and ');
  const editable = (): EditableSource => {
    if (source !== undefined) return source;
    throw new OperationError(
      `${place} keeps no document that could be edited; edit it where it is written.`,
      'unsupported',
    );
  };
  const readable = source ?? served;
  const look = (): Promise<KnownDocument | string> => lookAt(readable);
  return {
    name: place,
    async switches() {
      const [known, states] = await Promise.all([look(), switches?.read()]);
      if (typeof known !== 'string') return overviewOf(known.document, states, Date.now());
      const rows = overviewOf(undefined, states, Date.now());
      // An empty list would say that there are no switches, which nobody knows.
      if (readable !== undefined && rows.length === 0) throw new OperationError(known);
      return rows;
    },
    async kill(switchOrFlag, change) {
      checkAuthor(change);
      if (switches !== undefined) return killInStore(switches, look(), switchOrFlag, change);
      return killInDocument(editable(), switchOrFlag, change);
    },
    async restore(switchOrFlag, change) {
      checkAuthor(change);
      if (switches !== undefined) return restoreInStore(switches, look(), switchOrFlag, change);
      return restoreInDocument(editable(), switchOrFlag, change);
    },
    async setPercentage(flag, change) {
      checkAuthor(change);
      const edit = (document: Document) => percentageEdit(document, flag, change);
      return (await editDocument(editable(), change, change.expected, edit)).receipt;
    },
    async promote(flag, change) {
      checkAuthor(change);
      const edit = (document: Document) => promoteEdit(document, flag, change);
      return (await editDocument(editable(), change, change.expected, edit)).receipt;
    },
    document: async () => (readable ?? editable()).readText(),
    async replaceDocument(change) {
      checkAuthor(change);
      return replaceDocument(editable(), change);
    },
    async audit(limit) {
      const both = await Promise.all([source?.audit(limit) ?? [], switches?.audit(limit) ?? []]);
      return both
        .flat()
        .sort((left, right) => right.at - left.at)
        .slice(0, limit);
    },
    followers: async () => switches?.followers?.(),
    async close() {
      await Promise.all([source?.close(), switches?.close()]);
    },
  };
}
