import type { Condition } from '@sluice/core';
import { allOf, type Decision, noneOf } from '../condition-algebra.ts';

/** All of them hold, in one object as far as no two say something of one attribute, which is how people write it. */
export function allConditions(parts: readonly Decision[]): Decision {
  const merged: Condition[] = [];
  const decided: boolean[] = [];
  for (const part of parts.flatMap(membersOf)) {
    if (typeof part === 'boolean') decided.push(part);
    else {
      const index = merged.findIndex((each) => Object.keys(part).every((key) => !Object.hasOwn(each, key)));
      if (index < 0) merged.push(part);
      else merged[index] = { ...merged[index], ...part };
    }
  }
  return allOf([...decided, ...merged]);
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
