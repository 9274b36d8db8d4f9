import type { Condition } from '@sluice/core';
import { merged } from '../condition-algebra.ts';

/** The same condition as a person would write it: what all must hold side by side, and no list within another of its kind. */
export function plainCondition(condition: Condition): Condition {
  const { all, any, none, ...others } = condition;
  const parts = (all ?? []).map(plainCondition).flatMap((each) => within(each, 'all'));
  const whole: Condition = {
    ...others,
    ...(any === undefined ? {} : { any: any.map(plainCondition).flatMap((each) => within(each, 'any')) }),
    // None of several is none of each: only there a choice may be taken apart.
    ...(none === undefined ? {} : { none: none.map(plainCondition).flatMap((each) => within(each, 'any')) }),
  };
  const [first, ...rest] = merged(Object.keys(whole).length > 0 ? [whole, ...parts] : parts);
  return first === undefined || rest.length > 0 ? { all: [...(first === undefined ? [] : [first]), ...rest] } : first;
}

/** What is in a list of this word, where the condition is nothing but that list. */
function within(condition: Condition, word: 'all' | 'any'): readonly Condition[] {
  const list = condition[word];
  return list !== undefined && Object.keys(condition).length === 1 ? list : [condition];
}
