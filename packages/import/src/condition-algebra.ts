import type { Condition } from '@sluice/core';

/** A condition, or one that needs no context to be decided. */
export type Decision = Condition | boolean;

/** All of them hold. */
export function allOf(parts: readonly Decision[]): Decision {
  if (parts.includes(false)) return false;
  const conditions = parts.filter((part): part is Condition => typeof part !== 'boolean');
  const [first] = conditions;
  if (first === undefined) return true;
  return conditions.length === 1 ? first : { all: conditions };
}

/** One of them holds. */
export function anyOf(parts: readonly Decision[]): Decision {
  if (parts.includes(true)) return true;
  const conditions = parts.filter((part): part is Condition => typeof part !== 'boolean');
  const [first] = conditions;
  if (first === undefined) return false;
  return conditions.length === 1 ? first : { any: conditions };
}

/** It does not hold: of a missing attribute this is true, where an operator such as `not` is false. */
export function noneOf(part: Decision): Decision {
  return typeof part === 'boolean' ? !part : { none: [part] };
}

/** Conditions that name different things fit into one. */
export function merged(conditions: readonly Condition[]): readonly Condition[] {
  const whole: Condition[] = [];
  for (const condition of conditions) {
    const place = whole.findIndex((each) => Object.keys(condition).every((name) => !Object.hasOwn(each, name)));
    if (place < 0) whole.push(condition);
    else whole[place] = { ...whole[place], ...condition };
  }
  return whole;
}

/** All of them hold, in one object as far as no two name the same, which is how people write it. */
export function together(parts: readonly Decision[]): Decision {
  if (parts.includes(false)) return false;
  return allOf(merged(parts.filter((part): part is Condition => typeof part !== 'boolean')));
}

/** Holds for everybody, for a rule that asks nothing. */
export const everybody: Condition = { any: [{ targetingKey: { exists: true } }, { targetingKey: { exists: false } }] };
