import type { Condition } from './condition.ts';
import type { Holdout, Layer } from './document.ts';
import type { Flag } from './flag.ts';
import type { Path } from './problem.ts';
import { notAmong, type Review } from './review.ts';
import { segmentsIn } from './segments.ts';

/** What a document declares, and so what may be named in it. */
export interface Names {
  readonly switches: readonly string[];
  readonly segments: readonly string[];
  readonly flags: Readonly<Record<string, Flag>>;
  readonly layers: Readonly<Record<string, Layer>>;
  readonly holdouts: Readonly<Record<string, Holdout>>;
}

/** `known` is absent where what declares the names was refused itself: a complaint would be about the wrong thing. */
export function checkName(
  what: string,
  name: string | undefined,
  path: Path,
  known: readonly string[] | undefined,
  review: Review,
): void {
  if (name === undefined || known === undefined || known.includes(name)) return;
  review.refuseReference(path, notAmong(name, what, known));
}

export function checkCondition(condition: Condition, path: Path, names: Names, review: Review): void {
  for (const [name, at] of segmentsIn(condition, path)) checkName('segment', name, at, names.segments, review);
}
