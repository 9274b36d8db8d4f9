import type { Condition, JsonValue, Path } from '@sluice/core';
import type { Cases } from './cases.ts';
import type { Mode } from './compare-literals.ts';
import type { Construct, Generation } from './flagd-report.ts';
import type { Evaluators } from './json-logic.ts';

/** Turns one flag's targeting into cases. Every operator gets it, to turn its operands. */
export interface Conversion {
  readonly generation: Generation;
  readonly flagKey: string;
  convert(node: JsonValue | undefined, place: Place): Cases;
  carry(construct: Construct): void;
  /** Types that an attribute has to have, or else flagd fails, or does what a document cannot say. */
  assume(attribute: string, types: string): void;
  /** A caveat of its own, once for each flag. */
  caution(code: 'version-text' | 'bucketing-version', path: Path, message: string): void;
  /** flagd cannot read the flag's targeting at all. */
  breakTargeting(why: string): Cases;
  /** Whether flagd can read the targeting at all depends on more than is known here. */
  giveUp(path: Path, message: string): Cases;
  /** The condition as a segment of that name, where the definitions give it one. */
  named(name: string, condition: Condition): Condition;
}

/** Where in the definitions an expression is, and who will work it out. */
export interface Place {
  readonly path: Path;
  readonly mode: Mode;
  readonly depth: number;
  /** Whether nothing is asked of it but whether it counts as true. */
  readonly question: boolean;
  /** Evaluators that may be referred to here. */
  readonly evaluators: Evaluators;
}

/** An operator and what it is given. */
export type ConvertOperator = (operand: JsonValue, place: Place, conversion: Conversion) => Cases;

export function within(place: Place, ...steps: readonly (string | number)[]): Place {
  return { ...place, path: [...place.path, ...steps], depth: place.depth + 1, question: false };
}
