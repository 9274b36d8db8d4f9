import type { JsonObject, JsonValue } from '@sluice/core';
import { quote, sorted, type TypeText, unionOf } from './type-text.ts';

/** A longer text is no name that a program compares with. */
const MAX_LITERAL_LENGTH = 80;

/** The type of a flag's values: scalars as themselves, objects as one type that all of them have. */
export function typeOfPayloads(values: readonly JsonValue[]): TypeText {
  const literal = values.every((value) => typeof value !== 'string' || isName(value));
  return typeOfValues(values, literal ? literalType : wideType);
}

function isName(text: string): boolean {
  return text.length <= MAX_LITERAL_LENGTH && !text.includes('\n');
}

/** Within objects scalars have their wide type, since a default that is written in code will hold others. */
function typeOfValues(values: readonly JsonValue[], typeOfScalar: (value: Scalar) => TypeText): TypeText {
  const scalars = values.filter(isScalar);
  const lists = values.filter(Array.isArray) as JsonValue[][];
  const objects = values.filter((value) => !isScalar(value) && !Array.isArray(value)) as JsonObject[];
  const types: TypeText[] = scalars.map(typeOfScalar);
  if (lists.length > 0) types.push({ item: typeOfValues(lists.flat(), wideType) });
  if (objects.length > 0) types.push(typeOfObjects(objects));
  return unionOf(types);
}

function typeOfObjects(objects: readonly JsonObject[]): TypeText {
  const names = sorted(new Set(objects.flatMap(Object.keys)));
  const members = names.map((name) => {
    const holders = objects.filter((each) => Object.hasOwn(each, name));
    const type = typeOfValues(
      holders.map((each) => each[name] ?? null),
      wideType,
    );
    return { name, type, optional: holders.length < objects.length };
  });
  return { members };
}

type Scalar = null | boolean | number | string;

function isScalar(value: JsonValue): value is Scalar {
  return typeof value !== 'object' || value === null;
}

function wideType(value: Scalar): TypeText {
  return { text: value === null ? 'null' : typeof value };
}

export function literalType(value: Scalar): TypeText {
  if (typeof value === 'boolean') return { text: 'boolean' };
  return { text: typeof value === 'string' ? quote(value) : String(value) };
}
