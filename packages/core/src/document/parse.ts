import { checkReferences } from './check-references.ts';
import type { Document } from './document.ts';
import { condition } from './parse-condition.ts';
import { flag } from './parse-flag.ts';
import { metric } from './parse-metric.ts';
import { MAX_SLOTS } from './parse-targeting.ts';
import type { Problem } from './problem.ts';
import { audience, describe, flagOrSwitch, name, number, object, type Reader, Review, record, text } from './review.ts';

/** Either a document, perhaps with warnings, or the problems for which there is none. */
export type ParseResult =
  | { readonly document: Document; readonly problems: readonly Problem[] }
  | { readonly document?: never; readonly problems: readonly Problem[] };

const format: Reader = (value, path, review) => {
  if (value !== 1) review.refuse(path, `${describe(value)} is not a format this release reads; write 1`);
};

const document = object(
  {
    $schema: text,
    sluice: format,
    flagSetId: name,
    version: name,
    switches: record(
      object({
        description: text,
        enabled: flagOrSwitch,
        retryAfterSeconds: number(0, 31_536_000, true),
        audience,
      }),
    ),
    segments: record(object({ description: text, when: condition }, ['when'])),
    layers: record(object({ description: text, slots: number(1, MAX_SLOTS, true), unit: name, salt: text }, ['slots'])),
    holdouts: record(object({ description: text, percentage: number(0, 100), unit: name, salt: text }, ['percentage'])),
    flags: record(flag),
    metrics: record(metric),
  },
  ['sluice'],
);

/**
 * Checks a value as a flag document and reports every problem at once. The document it returns is the value itself, which
 * belongs to the caller; `compileDocument` copies what it keeps.
 */
export function parseDocument(value: unknown): ParseResult {
  const review = new Review();
  document(value, [], review);
  checkReferences(value as Document, review);
  return review.refused ? { problems: review.problems } : { document: value as Document, problems: review.problems };
}
