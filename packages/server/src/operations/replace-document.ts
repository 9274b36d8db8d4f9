import { changedFlags, compileDocument, type Document, DocumentError, type EditableSource } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { problemSentence } from './edit-document.ts';
import type { DocumentReceipt, ReplaceChange } from './operations.ts';

/** Names that an audit line lists, at most. */
const MAX_NAMED = 10;

/** @throws {DocumentError} for a text that is no document; {ConflictError} where somebody else was first. */
export async function replaceDocument(source: EditableSource, change: ReplaceChange): Promise<DocumentReceipt> {
  const { text, expected, by, why } = change;
  const { document, problems } = parseText(text);
  if (document === undefined) throw new DocumentError('The new document', problems);
  const before = await source.readText();
  const old = before === undefined ? undefined : parseText(before.text).document;
  const summary = summaryOf(old, document);
  const revision = await source.writeText({ text, expected, summary, by, why });
  return { revision, summary, notes: problems.map(problemSentence) };
}

function summaryOf(before: Document | undefined, after: Document): string {
  const names = changedFlags(compileDocument(before ?? { sluice: 1 }), compileDocument(after));
  if (names.length === 0) return 'document replaced, no flag changed';
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `document replaced: ${names.slice(0, MAX_NAMED).join(', ')}${more} changed`;
}
