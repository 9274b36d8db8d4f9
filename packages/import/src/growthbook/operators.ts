import type { JsonValue, Operators, Path } from '@sluice/core';
import { isList, isScalar } from '../plain-json.ts';
import { isInherited } from '../reserved-names.ts';
import type { Construct } from './growthbook-report.ts';
import { allBut, booleansThat, nothing, oneOf, type Passing, passing } from './passing.ts';
import { passesPattern } from './pattern-operator.ts';
import type { Reading } from './reading.ts';
import { passesVersion } from './version.ts';

type Operator = (expected: JsonValue, reading: Reading, path: Path) => Passing;

/** The operators of GrowthBook's `evalOperatorCondition` that hold no tests within tests. */
const operators: { readonly [Name in Extract<Construct, `$${string}`>]?: Operator } = {
  $eq: identical,
  $ne: (expected) => allBut(identical(expected)),
  $lt: compares('lt', (a, b) => a < b),
  $lte: compares('lte', (a, b) => a <= b),
  $gt: compares('gt', (a, b) => a > b),
  $gte: compares('gte', (a, b) => a >= b),
  $exists: (expected) => (expected ? allBut(missing) : missing),
  $type: hasType,
  $in: (expected, reading, path) => (isList(expected) ? among(expected, reading, path) : nothing),
  $nin: (expected, reading, path) => (isList(expected) ? allBut(among(expected, reading, path)) : nothing),
  $ini: (expected, reading, path) => (isList(expected) ? amongFolded(expected, reading, path) : nothing),
  $nini: (expected, reading, path) => (isList(expected) ? allBut(amongFolded(expected, reading, path)) : nothing),
  $regex: (expected, reading, path) => passesPattern(expected, false, reading, path),
  $regexi: (expected, reading, path) => passesPattern(expected, true, reading, path),
  $veq: (expected, reading, path) => passesVersion('=', expected, reading, path),
  $vne: (expected, reading, path) => allBut(passesVersion('=', expected, reading, path)),
  $vlt: (expected, reading, path) => passesVersion('<', expected, reading, path),
  $vlte: (expected, reading, path) => passesVersion('<=', expected, reading, path),
  $vgt: (expected, reading, path) => passesVersion('>', expected, reading, path),
  $vgte: (expected, reading, path) => passesVersion('>=', expected, reading, path),
};

/** `undefined`: the operator is not one of these. */
export function passesOperator(name: string, expected: JsonValue, reading: Reading, path: Path): Passing | undefined {
  if (!Object.hasOwn(operators, name)) return undefined;
  const operator = name as keyof typeof operators;
  reading.notes.carry(operator);
  return operators[operator]?.(expected, reading, path);
}

const missing: Passing = { ...nothing, missing: true };

/** `===`: no list and no object is the one that the payload holds. */
function identical(expected: JsonValue): Passing {
  if (expected === null) return missing;
  return isScalar(expected) ? passing([{ is: expected }]) : nothing;
}

type Order = (a: string | number, b: string | number) => boolean;

/**
 * JavaScript's own comparison: of two texts by their UTF-16 units, and of anything else as numbers, where a missing
 * attribute is 0. A list is its text, and an object the text that every object has.
 */
function compares(operator: keyof Operators & ('lt' | 'lte' | 'gt' | 'gte'), holds: Order): Operator {
  return (expected) => {
    const text = typeof expected === 'string' || (typeof expected === 'object' && expected !== null);
    const number = Number(text ? String(expected) : expected);
    const as = (value: number) => holds(value, number);
    if (!text) return passing([{ asNumber: { [operator]: number } }, booleansThat(as)], as(0));
    const limit = String(expected);
    const finite = Number.isFinite(number);
    return passing(
      [
        { [operator]: limit },
        { type: 'list', asText: { [operator]: limit } },
        holds('[object Object]', limit) && { type: 'object' },
        finite ? { [operator]: number } : as(0) && { type: 'number' },
        booleansThat(as),
      ],
      as(0),
    );
  };
}

function hasType(expected: JsonValue): Passing {
  switch (expected) {
    case 'null':
      return missing;
    case 'array':
      return passing([{ type: 'list' }]);
    case 'string':
    case 'number':
    case 'boolean':
    case 'object':
      return passing([{ type: expected }]);
    default:
      return nothing;
  }
}

/** The attribute, or one of its members where it is a list. */
export function among(expected: readonly JsonValue[], reading: Reading, path: Path): Passing {
  noteNull(expected.includes(null), reading, path);
  const found = oneOf(expected.filter(isScalar));
  return passing([found !== false && { some: found }], expected.includes(null));
}

function amongFolded(expected: readonly JsonValue[], reading: Reading, path: Path): Passing {
  noteNull(expected.includes(null), reading, path);
  const texts = oneOf(expected.filter((each) => typeof each === 'string').map((each) => each.toLowerCase()));
  const others = oneOf(expected.filter(isScalar).filter((each) => typeof each !== 'string'));
  return passing(
    [texts !== false && { some: { asLowerCase: texts } }, others !== false && { some: others }],
    expected.includes(null),
  );
}

export function noteNull(found: boolean, reading: Reading, path: Path): void {
  if (!found) return;
  reading.notes.note(
    'null-in-list',
    path,
    'finds null too; an attribute that is a list with null in it passes in GrowthBook, and here its null is passed over; take it out of the list',
  );
}

/** Values of a saved group as `$inGroup` finds them; `undefined`: nobody passes, not even by `$notInGroup`. */
export function groupValues(reading: Reading, id: JsonValue): readonly JsonValue[] | undefined {
  const key = String(id);
  const group = Object.hasOwn(reading.savedGroups, key) ? reading.savedGroups[key] : undefined;
  // What every JavaScript object inherits is found there, and is no group.
  if (group === undefined) return isInherited(key) ? undefined : [];
  if (isList(group)) return group;
  if (typeof group !== 'object' || group === null) return undefined;
  const { type, values } = group as { readonly type?: JsonValue; readonly values?: JsonValue };
  return type === 'list' && isList(values) ? values : undefined;
}
