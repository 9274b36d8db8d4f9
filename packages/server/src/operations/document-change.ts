import type { TextEdit } from '@sluice/core/text';

/** A change to a document, worked out from the document alone. */
export interface DocumentChange {
  /** None where the document says so already. */
  readonly edits: readonly TextEdit[];
  /** What changes, in a line, for the audit trail. */
  readonly summary: string;
  /** What the operator should know, in sentences. */
  readonly notes: readonly string[];
}
