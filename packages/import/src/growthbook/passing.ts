import type { Condition, Scalar, Tests } from '@sluice/core';
import { anyOf, type Decision, noneOf } from '../condition-algebra.ts';

/**
 * Which values pass one of GrowthBook's tests: what is there by any of `tests`, and what is not there by `missing`. It reads
 * a missing attribute as `null` and coerces it as any other value, so both have to be said.
 */
export interface Passing {
  readonly tests: readonly Tests[];
  readonly missing: boolean;
  /** All others pass. */
  readonly negated: boolean;
}

export const nothing: Passing = { tests: [], missing: false, negated: false };

export function passing(tests: readonly (Tests | false)[], missing = false): Passing {
  return { tests: tests.filter((test): test is Tests => test !== false), missing, negated: false };
}

export function allBut(excluded: Passing): Passing {
  return { ...excluded, negated: !excluded.negated };
}

/** That an attribute passes; without a name it is never there. */
export function decide(name: string | undefined, { tests, missing, negated }: Passing): Decision {
  if (name === undefined) return missing !== negated;
  if (missing && tests.length === 0) return { [name]: { exists: negated } };
  const there = tests.map((test) => plain(name, test));
  const conditions = missing ? [...there, { [name]: { exists: false } }] : there;
  if (!negated) return anyOf(conditions);
  return conditions.length < 2 ? noneOf(anyOf(conditions)) : { none: conditions };
}

/** Equality and "one of" as a person writes them. */
function plain(name: string, test: Tests): Condition {
  const [operator, ...others] = Object.keys(test);
  if (others.length > 0) return { [name]: test };
  if (operator === 'is' && test.is !== undefined) return { [name]: test.is };
  return { [name]: operator === 'in' && test.in !== undefined ? test.in : test };
}

/** One of these scalars; no test where there are none. */
export function oneOf(values: readonly Scalar[]): Tests | false {
  const [first] = values;
  if (first === undefined) return false;
  return values.length === 1 ? { is: first } : { in: values };
}

/** Of `true` and `false` those that pass as 1 and 0, as JavaScript counts with them. */
export function booleansThat(pass: (number: number) => boolean): Tests | false {
  return oneOf([true, false].filter((boolean) => pass(Number(boolean))));
}
