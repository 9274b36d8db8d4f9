import { type Author, ConflictError, type Document, type EditableSource, formatPath, type Problem } from '@sluice/core';
import { editText, parseText, type TextEdit } from '@sluice/core/text';
import type { DocumentChange } from './document-change.ts';
import { readDocument, requireRevision } from './known-document.ts';
import { type DocumentReceipt, OperationError } from './operations.ts';

interface Edited<Change> {
  readonly made: Change;
  readonly receipt: DocumentReceipt;
}

/**
 * Makes a change to the text of a document as it is now, so that comments and order stay.
 *
 * @throws {OperationError} where it cannot be made; {ConflictError} where somebody else was first.
 */
export async function editDocument<Change extends DocumentChange>(
  source: EditableSource,
  { by, why }: Author,
  expected: string | undefined,
  change: (document: Document) => Change,
): Promise<Edited<Change>> {
  const current = await readDocument(source);
  const made = change(current.document);
  const { edits, summary, notes } = made;
  const text = edits.length === 0 ? current.text : edited(current.text, edits);
  requireRevision(source, current, expected, text);
  if (edits.length === 0) return { made, receipt: { revision: current.revision, summary, notes } };
  const warnings = warningsOf(text, current.text, edits);
  const revision = await source.writeText({ text, expected: current.revision, summary, by, why });
  return { made, receipt: { revision, summary, notes: [...notes, ...warnings] } };
}

/** @throws {OperationError} for a text that is written in a way which cannot be edited and keep its meaning. */
function edited(text: string, edits: readonly TextEdit[]): string {
  try {
    return editText(text, edits);
  } catch (error) {
    throw new OperationError(error instanceof Error ? error.message : String(error));
  }
}

/** Times that an edit is made anew which holds whatever else was edited meanwhile. */
const TRIES = 4;

/** For a change that is right on any document, such as a kill: somebody else's edit makes it repeat, not fail. */
export async function editAgain<Change extends DocumentChange>(
  source: EditableSource,
  author: Author,
  change: (document: Document) => Change,
): Promise<Edited<Change>> {
  for (let tries = 1; ; tries++) {
    try {
      return await editDocument(source, author, undefined, change);
    } catch (error) {
      if (!(error instanceof ConflictError) || tries === TRIES) throw error;
    }
  }
}

/** Of what is doubtful after the edit, that which it made so or which is about what was edited. */
function warningsOf(text: string, before: string, edits: readonly TextEdit[]): readonly string[] {
  const { document, problems } = parse(text);
  if (document === undefined) {
    throw new OperationError(`The change would leave no usable document: ${problems.map(problemSentence).join(' ')}`);
  }
  const known = new Set(parse(before).problems.map(problemSentence));
  const edited = new Set(edits.map(({ path }) => subjectOf(path)));
  return problems
    .filter((each) => edited.has(subjectOf(each.path)) || !known.has(problemSentence(each)))
    .map(problemSentence);
}

function parse(text: string): { readonly document?: Document; readonly problems: readonly Problem[] } {
  return parseText(text, { maxLength: text.length });
}

/** The flag or the switch that a path is in. */
function subjectOf(path: Problem['path']): string {
  return formatPath(path.slice(0, 2));
}

export function problemSentence({ path, message }: Problem): string {
  return `${formatPath(path)} ${message}.`;
}
