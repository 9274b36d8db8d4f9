import type { AuditEntry, Author } from './audit.ts';
import type { Source } from './source.ts';

/** A document as its author wrote it, comments and order included. */
export interface DocumentText {
  readonly text: string;
  /** Names this state of the text where it is kept; opaque. */
  readonly revision: string;
}

export interface DocumentEdit extends Author {
  readonly text: string;
  /** The revision that the edit was made from; `null` where there was no document. */
  readonly expected: string | null;
  /** What changed, in a line, for the audit trail. */
  readonly summary: string;
}

/** A source whose document can be replaced. */
export interface EditableSource extends Source {
  /** `undefined` where there is no document yet. */
  readText(): Promise<DocumentText | undefined>;
  /**
   * Replaces the document, whole or not at all, and appends to the audit trail; resolves with the new revision.
   *
   * @throws {DocumentError} for a text that is no document.
   * @throws {ConflictError} where the document is no longer the one that the edit was made from.
   */
  writeText(edit: DocumentEdit): Promise<string>;
  /** The last edits, newest first. */
  audit(limit: number): Promise<readonly AuditEntry[]>;
}

/** Two edited at once, and the other was first. Nothing was written; both versions are here. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly expected: string | null;
  /** What is there now; `undefined` where the document is gone. */
  readonly current: DocumentText | undefined;
  readonly attempted: string;

  constructor(place: string, edit: Pick<DocumentEdit, 'expected' | 'text'>, current: DocumentText | undefined) {
    const now = current === undefined ? 'there is none any more' : `it is at revision ${current.revision}`;
    const from = edit.expected === null ? 'no document' : `revision ${edit.expected}`;
    super(
      `${place} was changed meanwhile: the edit was made from ${from}, and ${now}. Read it again and repeat the edit.`,
    );
    this.expected = edit.expected;
    this.current = current;
    this.attempted = edit.text;
  }
}
