import type { Path } from '@sluice/core';
import { allOf, anyOf, type Decision, noneOf } from '../condition-algebra.ts';
import { isRecord } from '../plain-json.ts';
import type { Surroundings } from './condition.ts';
import { convertCondition } from './convert-condition.ts';
import type { Segment } from './environment.ts';

/** Deeper rules would become conditions deeper than a document may hold. */
const MAX_DEPTH = 10;

/** Who is in it, of those who have an identifier; `undefined`, with notes, where that cannot be carried. */
export function convertSegment(segment: Segment, surroundings: Surroundings): Decision | undefined {
  if (segment.rules.length === 0) return false;
  const rules = segment.rules.map((rule, index) =>
    convertRule(rule, [...segment.path, 'rules', index], surroundings, 0),
  );
  return unlessLost(rules, allOf);
}

/** A rule's conditions and its rules hold apart: each as its type says. */
function convertRule(input: unknown, path: Path, surroundings: Surroundings, depth: number): Decision | undefined {
  const { noting } = surroundings;
  const { type, conditions = [], rules = [] } = isRecord(input) ? input : {};
  if (typeof type !== 'string' || !Array.isArray(conditions) || !Array.isArray(rules)) {
    return noting.note('segment', path, 'is no rule: it needs a type, conditions and rules');
  }
  if (depth > MAX_DEPTH) {
    return noting.note('deep-rules', path, `is more than ${MAX_DEPTH} rules deep; make it flatter`);
  }
  if (rules.length > 0) noting.carry('rule within a rule');
  const both = [
    conditions.map((each: unknown, index) => convertCondition(each, [...path, 'conditions', index], surroundings)),
    rules.map((each: unknown, index) => convertRule(each, [...path, 'rules', index], surroundings, depth + 1)),
  ];
  const combine = combinationOf(type, path, surroundings);
  return unlessLost(
    both.filter((parts) => parts.length > 0).map((parts) => unlessLost(parts, combine)),
    allOf,
  );
}

type Combination = (parts: readonly Decision[]) => Decision;

function combinationOf(type: string, path: Path, { noting }: Surroundings): Combination {
  switch (type) {
    case 'ALL':
      noting.carry('rule ALL');
      return allOf;
    case 'ANY':
      noting.carry('rule ANY');
      return anyOf;
    case 'NONE':
      noting.carry('rule NONE');
      return noneIn;
    default:
      noting.note('unknown-rule-type', path, `${type} is unknown to the Node SDK 8, for which it holds for nobody`);
      return () => false;
  }
}

function noneIn(parts: readonly Decision[]): Decision {
  const some = anyOf(parts);
  const alone = typeof some === 'object' && Object.keys(some).length === 1;
  return alone && some.any !== undefined ? { none: some.any } : noneOf(some);
}

function unlessLost(parts: readonly (Decision | undefined)[], combine: Combination): Decision | undefined {
  return parts.includes(undefined) ? undefined : combine(parts as readonly Decision[]);
}
