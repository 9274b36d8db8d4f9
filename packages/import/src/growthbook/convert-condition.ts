import type { JsonValue, Path } from '@sluice/core';
import { allOf, anyOf, type Decision, noneOf } from '../condition-algebra.ts';
import { isList, isRecord, isScalar } from '../plain-json.ts';
import { attributeName } from './attribute-name.ts';
import { equals, equalsList, loseObject } from './equality.ts';
import { passesMember, passesSize, unknownOperator, withMember } from './members.ts';
import { noteNull, passesOperator } from './operators.ts';
import { decide, nothing, type Passing, passing } from './passing.ts';
import { depthOf, isOperatorObject, lose, MAX_DEPTH, type Reading } from './reading.ts';
import { inGroup, savedGroup } from './saved-groups.ts';

/** A condition of GrowthBook's as its SDK evaluates it, `evalCondition`. Where `reading.lost` is set then, it is not. */
export function convertCondition(condition: JsonValue, reading: Reading, path: Path): Decision {
  if (depthOf(path) > MAX_DEPTH) {
    return lose(
      reading,
      'nested-too-deep',
      path,
      'is nested deeper than a condition may be; name a part of it as a saved group',
    );
  }
  if (isList(condition) && condition.length === 0) return true;
  if (!isRecord(condition)) return lose(reading, 'malformed', path, 'has to be an object to be a condition');
  return allOf(Object.entries(condition).map(([key, value]) => convertEntry(key, value, reading, [...path, key])));
}

function convertEntry(key: string, value: JsonValue, reading: Reading, path: Path): Decision {
  switch (key) {
    case '$and':
    case '$or':
    case '$nor':
      return convertList(key, value, reading, path);
    case '$not':
      reading.notes.carry('$not');
      return noneOf(convertCondition(value, reading, path));
    case '$savedGroup':
      return savedGroup(value, reading, path, convertCondition);
    default:
      return convertAttribute(key, value, reading, path);
  }
}

function convertList(key: '$and' | '$or' | '$nor', value: JsonValue, reading: Reading, path: Path): Decision {
  if (!isList(value)) return lose(reading, 'malformed', path, `${key} takes a list of conditions`);
  reading.notes.carry(key);
  const parts = value.map((each, index) => convertCondition(each, reading, [...path, index]));
  if (key === '$and') return allOf(parts);
  // An empty list of alternatives holds in GrowthBook.
  const one = parts.length === 0 || anyOf(parts);
  return key === '$or' ? one : noneOf(one);
}

function convertAttribute(attribute: string, value: JsonValue, reading: Reading, path: Path): Decision {
  return convertValue(attribute, attributeName(attribute, reading, path), value, reading, path);
}

/** `evalConditionValue` of an attribute. */
function convertValue(
  attribute: string,
  name: string | undefined,
  value: JsonValue,
  reading: Reading,
  path: Path,
): Decision {
  if (value === null || isScalar(value)) return decide(name, equals(value, reading));
  if (isList(value)) return equalsList(name, value, reading, path);
  if (!isOperatorObject(value)) return name === undefined ? false : loseObject(reading, path);
  if (depthOf(path) > MAX_DEPTH) {
    return lose(reading, 'nested-too-deep', path, 'is nested deeper than a condition may be; take some of it out');
  }
  return allOf(
    Object.entries(value).map(([operator, operand]) =>
      convertOperator(attribute, name, operator, operand, reading, [...path, operator]),
    ),
  );
}

function convertOperator(
  attribute: string,
  name: string | undefined,
  operator: string,
  operand: JsonValue,
  reading: Reading,
  path: Path,
): Decision {
  switch (operator) {
    case '$not':
      reading.notes.carry('$not');
      return noneOf(convertValue(attribute, name, operand, reading, path));
    case '$all':
    case '$alli':
      reading.notes.carry(operator);
      return isList(operand) ? holdsAll(name, operand, operator === '$alli', reading, path) : false;
    case '$size':
      reading.notes.carry('$size');
      return decide(name, passesSize(operand, reading, path));
    case '$elemMatch':
      reading.notes.carry('$elemMatch');
      return decide(name, withMember(elements(operand, reading, path)));
    case '$inGroup':
    case '$notInGroup':
      return inGroup(operator, attribute, name, operand, reading, path);
    default:
      return decide(name, passesOperator(operator, operand, reading, path) ?? unknownOperator(operator, reading, path));
  }
}

function elements(expected: JsonValue, reading: Reading, path: Path): Passing {
  if (isOperatorObject(expected)) return passesMember(expected, reading, path);
  lose(reading, 'member-test', path, 'looks into the objects of a list, which a condition cannot');
  return nothing;
}

/** A list in which each of these is found. */
function holdsAll(
  name: string | undefined,
  expected: readonly JsonValue[],
  fold: boolean,
  reading: Reading,
  path: Path,
): Decision {
  const list = decide(name, passing([{ type: 'list' }]));
  const found = expected.map((each, index) => {
    const member = passesMember(each, reading, [...path, index], fold);
    noteNull(member.missing, reading, [...path, index]);
    return decide(name, withMember(member));
  });
  return found.length === 0 ? list : allOf(found);
}
