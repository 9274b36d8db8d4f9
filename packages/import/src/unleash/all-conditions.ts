import { type Decision, noneOf, together } from '../condition-algebra.ts';

/** All of them hold, and none is within another `all`. */
export function allConditions(parts: readonly Decision[]): Decision {
  return together(parts.flatMap(membersOf));
}

/** A condition that only says `all` is what it says. */
function membersOf(part: Decision): readonly Decision[] {
  if (typeof part === 'boolean' || part.all === undefined) return [part];
  const { all, ...rest } = part;
  return Object.keys(rest).length === 0 ? all : [part];
}

/** It does not hold; what does not hold twice, holds. */
export function negated(part: Decision): Decision {
  if (typeof part === 'boolean') return !part;
  const [only, ...others] = Object.keys(part);
  const [first, ...more] = part.none ?? [];
  return only === 'none' && first !== undefined && others.length + more.length === 0 ? first : noneOf(part);
}
