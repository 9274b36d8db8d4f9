import type { Path, Problem } from '../src/document/problem.ts';
import { brokenCondition } from './broken/condition.ts';
import { brokenDocument } from './broken/document.ts';
import { brokenFlag } from './broken/flag.ts';
import { brokenPayload } from './broken/payload.ts';
import { brokenReference } from './broken/reference.ts';
import type { Row } from './broken/row.ts';

/** A document with one thing wrong with it, and what the parser has to say of that. */
export interface BrokenDocument {
  readonly name: string;
  readonly document: unknown;
  readonly check: Problem['check'];
  readonly path: Path;
  readonly message: string;
}

const broken =
  (check: Problem['check']) =>
  ([name, document, path, message]: Row): BrokenDocument => ({ name, document, check, path, message });

export const brokenDocuments: readonly BrokenDocument[] = [
  ...[...brokenDocument, ...brokenFlag, ...brokenCondition].map(broken('structure')),
  ...[...brokenReference, ...brokenPayload].map(broken('reference')),
];
