import { isDeepStrictEqual } from 'node:util';
import {
  ConflictError,
  type Document,
  type DocumentAuditEntry,
  DocumentError,
  type EditableSource,
  type ParseResult,
  parseDocument,
  type Reading,
  type SourceChange,
} from '@sluice/core';
import { revisionOf } from './document-revision.ts';

/** A source whose document is handed to it. */
export interface MemorySource extends EditableSource {
  /**
   * Replaces the document and tells whoever watches, unless it is equal to the one before.
   *
   * @throws {DocumentError} for a document that cannot be used; the one before stays.
   */
  replace(document: Document | object): void;
}

/**
 * Serves a document from memory: for tests, and for documents that arrive by a way of your own. The document is copied.
 *
 * @throws {DocumentError} for a document that cannot be used.
 */
export function memorySource(document: Document | object): MemorySource {
  const name = 'memory';
  const listeners = new Set<(change: SourceChange) => void>();
  const entries: DocumentAuditEntry[] = [];
  let reading = usable(parseDocument(document));
  let text = textOf(reading);
  let given = reading;
  const serve = (later: Reading, written: string): void => {
    text = written;
    if (isDeepStrictEqual(later, reading)) return;
    reading = later;
    for (const listener of listeners) listener({ reading });
  };
  return {
    name,
    async read() {
      given = reading;
      return given;
    },
    replace(next) {
      const later = usable(parseDocument(next));
      if (!isDeepStrictEqual(later, reading)) serve(later, textOf(later));
    },
    async readText() {
      return { text, revision: revisionOf(text) };
    },
    async writeText(edit) {
      // Only now: who hands over objects alone needs no parser in the bundle.
      const { parseText } = await import('@sluice/core/text');
      const later = usable(parseText(edit.text));
      const [from, to] = [revisionOf(text), revisionOf(edit.text)];
      if (from !== edit.expected) throw new ConflictError(name, edit, { text, revision: from });
      const { by, why, summary } = edit;
      entries.push({ action: 'document', at: Date.now(), by, why, summary, from, to });
      serve(later, edit.text);
      return to;
    },
    audit: async (limit) => entries.slice(Math.max(0, entries.length - limit)).reverse(),
    watch(listener) {
      listeners.add(listener);
      // What was replaced after the last `read` and before this is a later state too.
      if (given !== reading) queueMicrotask(() => listeners.has(listener) && listener({ reading }));
    },
    async close() {
      listeners.clear();
    },
  };
}

function usable({ document, problems }: ParseResult): Reading {
  if (document === undefined) throw new DocumentError('The document given to memorySource', problems);
  // The copy is what was checked: a caller who goes on editing the object cannot edit what is served.
  return { document: structuredClone(document), warnings: problems };
}

function textOf({ document }: Reading): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
