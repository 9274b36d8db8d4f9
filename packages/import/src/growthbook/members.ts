import type { JsonObject, JsonValue, Path, Tests } from '@sluice/core';
import { isList, isScalar } from '../plain-json.ts';
import { equals } from './equality.ts';
import { among, groupValues, passesOperator } from './operators.ts';
import { allBut, nothing, type Passing, passing } from './passing.ts';
import { depthOf, isOperatorObject, lose, MAX_DEPTH, type Reading } from './reading.ts';

/**
 * What a member of a list, or the length of one, has to pass. Within a list there is no word for "any of" or "none of", so
 * alternatives are written out as lists of their own, and what cannot be is lost.
 */
export function passesMember(expected: JsonValue, reading: Reading, path: Path, fold = false): Passing {
  if (depthOf(path) > MAX_DEPTH) return loseMember(reading, path);
  if (expected === null || isScalar(expected)) return equals(expected, reading, fold);
  if (!isOperatorObject(expected)) return loseMember(reading, path);
  return Object.entries(expected)
    .map(([operator, operand]) => affirmed(passesTest(operator, operand, reading, [...path, operator]), reading, path))
    .reduce((all, each) => both(all, each, reading, path));
}

function passesTest(operator: string, operand: JsonValue, reading: Reading, path: Path): Passing {
  switch (operator) {
    case '$not':
      reading.notes.carry('$not');
      return allBut(passesMember(operand, reading, path));
    case '$size':
      reading.notes.carry('$size');
      return passesSize(operand, reading, path);
    case '$elemMatch':
      reading.notes.carry('$elemMatch');
      return withMember(isOperatorObject(operand) ? passesMember(operand, reading, path) : loseMember(reading, path));
    case '$inGroup':
    case '$notInGroup':
      return passesGroup(operator, operand, reading, path);
    case '$all':
    case '$alli':
      return loseMember(reading, path);
    default:
      return passesOperator(operator, operand, reading, path) ?? unknownOperator(operator, reading, path);
  }
}

export function unknownOperator(operator: string, reading: Reading, path: Path): Passing {
  reading.notes.note(
    'unknown-operator',
    path,
    `${operator} is no operator of GrowthBook's Node SDK 1.8.0, with which nobody passes, as here; for applications whose SDK knows it, write the condition out`,
  );
  return nothing;
}

function passesGroup(operator: '$inGroup' | '$notInGroup', id: JsonValue, reading: Reading, path: Path): Passing {
  reading.notes.carry(operator);
  const values = groupValues(reading, id);
  if (values === undefined) return nothing;
  reading.notes.carry('saved group list');
  const found = among(values, reading, path);
  return operator === '$inGroup' ? found : allBut(found);
}

/** A list with a member that passes; `null` members are passed over. */
export function withMember(member: Passing): Passing {
  return passing(member.tests.map((test) => ({ type: 'list', some: test })));
}

/** How many members a list has. */
export function passesSize(expected: JsonValue, reading: Reading, path: Path): Passing {
  if (isList(expected) || expected === null) return nothing;
  const member = affirmed(passesMember(expected, reading, path), reading, path);
  return passing(member.tests.map(ofWhole).map((test) => test !== undefined && { size: test }));
}

/** The test as it is for a whole number from 0 on; `undefined` where none passes. */
function ofWhole(test: Tests): Tests | undefined {
  const { asNumber, asText, type, ...others } = test;
  if (type !== undefined && type !== 'number') return undefined;
  if (asNumber !== undefined) return ofWhole({ ...others, ...asNumber });
  if (asText?.is !== undefined) {
    const number = Number(asText.is);
    return String(number) === asText.is && number >= 0 ? ofWhole({ ...others, is: number }) : undefined;
  }
  const rest: Tests = asText === undefined ? others : { ...others, asText };
  if (typeof rest.is === 'boolean' || (rest.in?.length && rest.in.every((each) => typeof each === 'boolean')))
    return undefined;
  return Object.keys(rest).length === 0 ? { gte: 0 } : rest;
}

const TYPES = ['string', 'number', 'boolean', 'list', 'object'] as const;

/** The same without a negation, where there are words for it. */
function affirmed(member: Passing, reading: Reading, path: Path): Passing {
  const { tests, missing, negated } = member;
  if (!negated) return member;
  if (tests.length === 0)
    return passing(
      TYPES.map((type) => ({ type })),
      !missing,
    );
  const excluded = tests.flatMap((test) => excludable(test) ?? []);
  if (excluded.length === 0 || tests.some((test) => excludable(test) === undefined)) return loseMember(reading, path);
  const [first] = excluded;
  return passing([excluded.length === 1 && first !== undefined ? { not: first } : { notIn: excluded }], !missing);
}

function excludable({ is, in: list, ...others }: Tests) {
  if (Object.keys(others).length > 0) return undefined;
  return is === undefined ? list : [is];
}

/** What passes both. */
function both(a: Passing, b: Passing, reading: Reading, path: Path): Passing {
  const tests: Tests[] = [];
  for (const one of a.tests) {
    for (const other of b.tests) {
      const merged = merge(one, other);
      if (merged === 'never') continue;
      if (merged === undefined) return loseMember(reading, path);
      tests.push(merged);
    }
  }
  return { tests, missing: a.missing && b.missing, negated: false };
}

/** Conversions of which each has one result, so that two tests of it are one test of both. */
const MERGED = ['asNumber', 'asText', 'asLowerCase', 'asVersion', 'size'] as const;

function merge(a: Tests, b: Tests): Tests | undefined | 'never' {
  if (disjoint(a, b) || disjoint(b, a)) return 'never';
  const merged: Record<string, unknown> = { ...a };
  for (const [name, operand] of Object.entries(b)) {
    const known = merged[name];
    if (known === undefined || JSON.stringify(known) === JSON.stringify(operand)) merged[name] = operand;
    else if (MERGED.includes(name as (typeof MERGED)[number])) {
      const inner = merge(known as Tests, operand as Tests);
      if (inner === undefined || inner === 'never') return inner;
      merged[name] = inner;
    } else return undefined;
  }
  return merged as JsonObject as Tests;
}

/** Booleans are no numbers, and no other type. */
function disjoint(a: Tests, b: Tests): boolean {
  const values = a.in ?? (a.is === undefined ? [] : [a.is]);
  const booleans = values.length > 0 && values.every((each) => typeof each === 'boolean');
  const other = b.asNumber !== undefined || [b.gt, b.gte, b.lt, b.lte].some((each) => each !== undefined);
  if (booleans && (other || (b.type !== undefined && b.type !== 'boolean'))) return true;
  return a.type !== undefined && b.type !== undefined && a.type !== b.type;
}

function loseMember(reading: Reading, path: Path): Passing {
  lose(reading, 'member-test', path, 'tests what is within a list in a way that a condition cannot');
  return nothing;
}
