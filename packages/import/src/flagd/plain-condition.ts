import type { Condition, Scalar } from '@sluice/core';
import { anyOf, type Decision } from '../condition-algebra.ts';
import { isConditionWord } from '../reserved-names.ts';

/** The same condition with fewer brackets. */
export function plain(condition: Condition): Condition {
  const { all, any, none, ...tests } = condition;
  const parts: Condition[] = Object.entries(tests).map(([name, test]) => ({ [name]: test }) as Condition);
  for (const each of (all ?? []).map(plain)) {
    const { all: nested, ...rest } = each;
    if (Object.keys(rest).length > 0) parts.push(...split(rest));
    parts.push(...(nested ?? []));
  }
  if (any !== undefined) parts.push(anyPlain(any));
  if (none !== undefined) parts.push(nonePlain(none));
  return merge(parts);
}

/** One of the alternatives, those of one attribute's values put together. */
export function oneOf(alternatives: readonly Condition[]): Decision {
  const values = new Map<string, Scalar[]>();
  const rest: Condition[] = [];
  for (const each of alternatives) {
    const found = valuesIn(each);
    if (found === undefined) rest.push(each);
    else values.set(found.attribute, [...(values.get(found.attribute) ?? []), ...found.values]);
  }
  const listed = [...values].map(([attribute, all]): Condition => {
    const [only, ...more] = new Set(all);
    return { [attribute]: more.length === 0 ? (only as Scalar) : [only as Scalar, ...more] };
  });
  return anyOf([...listed, ...rest]);
}

function anyPlain(any: readonly Condition[]): Condition {
  const alternatives = any.map(plain).flatMap((each) => (onlyKey(each) === 'any' ? (each.any ?? []) : [each]));
  return oneOf(alternatives) as Condition;
}

function nonePlain(none: readonly Condition[]): Condition {
  const parts = none.map(plain).flatMap((each) => (onlyKey(each) === 'any' ? (each.any ?? []) : [each]));
  const joined = oneOf(parts) as Condition;
  const [first] = joined.none ?? [];
  if (onlyKey(joined) === 'none' && first !== undefined && joined.none?.length === 1) return first;
  return { none: onlyKey(joined) === 'any' ? (joined.any ?? []) : [joined] };
}

/** All of the parts: those that name different things in one object. */
function merge(parts: readonly Condition[]): Condition {
  const merged: Record<string, unknown> = {};
  const rest: Condition[] = [];
  for (const part of parts) {
    const [key, more] = Object.keys(part);
    if (key === 'none' && more === undefined && Object.hasOwn(merged, 'none')) {
      merged['none'] = [...(merged['none'] as readonly Condition[]), ...(part.none ?? [])];
    } else if (key === undefined || more !== undefined) rest.push(part);
    else if (!Object.hasOwn(merged, key)) merged[key] = part[key];
    else {
      const both = joined(merged[key], part[key]);
      if (both === undefined) rest.push(part);
      else merged[key] = both;
    }
  }
  const [only] = rest;
  if (Object.keys(merged).length === 0 && rest.length === 1 && only !== undefined) return only;
  return { ...merged, ...(rest.length === 0 ? {} : { all: rest }) } as Condition;
}

/** Two sets of tests of one attribute as one set, where they test different things. */
function joined(left: unknown, right: unknown): unknown {
  if (!isTests(left) || !isTests(right) || Object.keys(left).some((name) => Object.hasOwn(right, name)))
    return undefined;
  return { ...left, ...right };
}

function isTests(test: unknown): test is object {
  return typeof test === 'object' && test !== null && !Array.isArray(test) && !Object.hasOwn(test, 'ranges');
}

function split(condition: Condition): readonly Condition[] {
  return Object.entries(condition).map(([name, test]) => ({ [name]: test }) as Condition);
}

function onlyKey(condition: Condition): string | undefined {
  const [key, more] = Object.keys(condition);
  return more === undefined ? key : undefined;
}

function valuesIn(
  condition: Condition,
): { readonly attribute: string; readonly values: readonly Scalar[] } | undefined {
  const attribute = onlyKey(condition);
  if (attribute === undefined || isConditionWord(attribute)) return undefined;
  const test = condition[attribute];
  if (Array.isArray(test)) return { attribute, values: test as readonly Scalar[] };
  return typeof test === 'object' || test === undefined ? undefined : { attribute, values: [test as Scalar] };
}

/** As large as a document takes, and as anybody would read. */
const MAX_PARTS = 1000;
const MAX_DEPTH = 30;

export function fits(condition: Condition): boolean {
  let parts = 0;
  const fitting = (each: Condition, depth: number): boolean => {
    if (depth > MAX_DEPTH || ++parts > MAX_PARTS) return false;
    const nested = [...(each.all ?? []), ...(each.any ?? []), ...(each.none ?? [])];
    return nested.every((inner) => fitting(inner, depth + 1));
  };
  return fitting(condition, 0);
}
