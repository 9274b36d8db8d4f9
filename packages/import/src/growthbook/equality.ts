import type { Condition, JsonValue, Path } from '@sluice/core';
import { allOf, type Decision } from '../condition-algebra.ts';
import { isList, isRecord } from '../plain-json.ts';
import { booleansThat, nothing, type Passing, passing } from './passing.ts';
import { lose, MAX_DEPTH, type Reading } from './reading.ts';

/** What JavaScript takes for false, as far as JSON can hold it. */
const FALSY = [false, 0, ''] as const;

/**
 * A bare value in a condition. GrowthBook converts the attribute to its type: to text by `+ ''`, to a number by `* 1`, to a
 * boolean by `!!`, where a missing attribute is `null`.
 *
 * @param fold whether text is compared in lower case
 */
export function equals(expected: string | number | boolean | null, reading: Reading, fold = false): Passing {
  if (typeof expected === 'string') {
    reading.notes.carry('equals text');
    const text = fold ? expected.toLowerCase() : expected;
    return passing([{ asText: fold ? { asLowerCase: { is: text } } : { is: text } }], text === 'null');
  }
  if (typeof expected === 'number') {
    reading.notes.carry('equals number');
    // Zero may be written -0, which is the same.
    const number = expected === 0 ? 0 : expected;
    return passing([{ asNumber: { is: number } }, booleansThat((each) => each === number)], number === 0);
  }
  if (typeof expected === 'boolean') {
    reading.notes.carry('equals boolean');
    return passing([expected ? { notIn: FALSY } : { in: FALSY }]);
  }
  reading.notes.carry('equals null');
  return { ...nothing, missing: true };
}

/** Lists are compared by their JSON: as long, and each member the same. */
export function equalsList(
  name: string | undefined,
  expected: readonly JsonValue[],
  reading: Reading,
  path: Path,
): Decision {
  reading.notes.carry('equals list');
  if (name === undefined) return false;
  if (expected.length > 0) noteDottedName(`${name}.0`, reading, path);
  return listOf(name, expected, reading, path);
}

function listOf(name: string, expected: readonly JsonValue[], reading: Reading, path: Path): Decision {
  if (path.filter((step) => typeof step === 'number').length > MAX_DEPTH) {
    return lose(reading, 'nested-too-deep', path, 'compares with lists in too many others; take some of them out');
  }
  const whole: Condition = { [name]: { type: 'list', size: { is: expected.length } } };
  const members = expected.map((each, index): Decision => {
    const at = `${name}.${index}`;
    if (isList(each)) return listOf(at, each, reading, [...path, index]);
    if (isRecord(each)) return loseObject(reading, [...path, index]);
    return { [at]: each === null ? { exists: false } : each };
  });
  return allOf([whole, ...members]);
}

export function loseObject(reading: Reading, path: Path): false {
  return lose(
    reading,
    'equals-object',
    path,
    'compares with a whole object, which a condition cannot; compare its members',
  );
}

export function noteDottedName(name: string, reading: Reading, path: Path): void {
  reading.notes.note(
    'dotted-name',
    path,
    `reads ${name}; a context with an attribute whose own name is ${JSON.stringify(name)} is answered by that one, which GrowthBook passes over; rename it`,
  );
}
