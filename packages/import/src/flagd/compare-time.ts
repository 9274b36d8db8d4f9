import type { JsonValue } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import { type Comparing, type Comparison, compareLiterals, primitive } from './compare-literals.ts';

/** A comparison of flagd's time, whole seconds since the epoch, with a literal; `undefined` where flagd fails. */
export function compareTime(
  comparison: Comparison,
  literal: JsonValue,
  literalIsLeft: boolean,
  comparing: Comparing,
): Decision | undefined {
  const decide = (seconds: number): boolean | 'failure' => {
    const [left, right] = literalIsLeft ? [literal, seconds] : [seconds, literal];
    return compareLiterals(comparison, left, right, comparing);
  };
  const limit = Number(primitive(literal));
  const steps = Number.isFinite(limit) ? [Math.floor(limit), Math.floor(limit) + 1] : [];
  const outcomes = [Number.MIN_SAFE_INTEGER, ...steps].map(decide);
  if (outcomes.includes('failure')) return undefined;
  // A whole number passes the limit at most at two places: where it is reached, and where it is passed.
  const ranges = outcomes.flatMap((holds, index): { from: number; below: number }[] => {
    if (holds !== true) return [];
    const [from, below] = [index === 0 ? -Infinity : (steps[index - 1] as number), steps[index] ?? Infinity];
    return [{ from, below }];
  });
  return anyOfRanges(ranges);
}

function anyOfRanges(ranges: readonly { readonly from: number; readonly below: number }[]): Decision {
  const joined: { from: number; below: number }[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && last.below === range.from) last.below = range.below;
    else joined.push({ ...range });
  }
  const conditions = joined.map(({ from, below }) => ({
    ...(from === -Infinity ? {} : { gte: from * 1000 }),
    ...(below === Infinity ? {} : { lt: below * 1000 }),
  }));
  const [first, second] = conditions;
  if (first === undefined) return false;
  if (Object.keys(first).length === 0) return true;
  return second === undefined ? { now: first } : { any: conditions.map((now) => ({ now })) };
}
