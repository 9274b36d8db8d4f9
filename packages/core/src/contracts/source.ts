import type { Document } from '../document/document.ts';
import type { Problem } from '../document/problem.ts';

/** A document as a source gave it, with what is doubtful about it. It is given away: nobody changes it afterwards. */
export interface Reading {
  readonly document: Document;
  readonly warnings: readonly Problem[];
}

/** Where documents come from. */
export interface Source {
  /** What a person calls it, for messages, such as `file flags.yaml`. */
  readonly name: string;
  /** @throws {DocumentError} for a document that cannot be used; any other error where none could be got. */
  read(): Promise<Reading>;
  /**
   * Calls `listener` for each state of the source that is later than the last `read`, until `close`: a new document, or
   * the error for which there is none. A source that comes back with the document it had before says so too, so that a listener can clear the error.
   */
  watch?(listener: (change: SourceChange) => void): void;
  /** Ends watching and lets go of everything. Idempotent; `read` and `watch` may be called again after it. */
  close(): Promise<void>;
}

export type SourceChange =
  | { readonly reading: Reading; readonly error?: never }
  | { readonly error: Error; readonly reading?: never };
