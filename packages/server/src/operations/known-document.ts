import { ConflictError, type Document, DocumentError, type DocumentText, type EditableSource } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { OperationError } from './operations.ts';

/** A document with the text that it was read from. */
export interface KnownDocument extends DocumentText {
  readonly document: Document;
}

/** What a document's text is read from. */
export type ReadableDocument = Pick<EditableSource, 'name' | 'readText'>;

/** Longest time that a kill waits for a document that it could do without. */
const LOOK_MS = 2_000;

/** @throws {OperationError} where there is none, or none that can be used. */
export async function readDocument(source: ReadableDocument): Promise<KnownDocument> {
  const current = await source.readText();
  if (current === undefined) throw new OperationError(`There is no document at ${source.name} yet; write one first.`);
  return { ...current, document: parse(source, current.text) };
}

/** @throws {OperationError} for a text that is no document. */
function parse(source: ReadableDocument, text: string): Document {
  // However long it is: it was let in already.
  const { document, problems } = parseText(text, { maxLength: text.length });
  if (document !== undefined) return document;
  const { message } = new DocumentError(source.name, problems);
  throw new OperationError(`${message}\nMend it first.`);
}

/** The document, or a sentence why nobody can say what it holds: a switch works without it. */
export async function lookAt(source: ReadableDocument | undefined): Promise<KnownDocument | string> {
  if (source === undefined) return 'No document is known here.';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, LOOK_MS, `${source.name} did not answer within ${LOOK_MS} ms.`);
  });
  try {
    return await Promise.race([readDocument(source), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws {ConflictError} where a change was decided on another revision than the one that it would be made to. */
export function requireRevision(
  source: ReadableDocument,
  current: DocumentText,
  expected: string | undefined,
  text: string,
): void {
  if (expected === undefined || expected === current.revision) return;
  throw new ConflictError(source.name, { expected, text }, current);
}
