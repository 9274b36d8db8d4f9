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
