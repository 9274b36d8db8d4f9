import type { JsonObject, JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';

/** A member that the object itself has: JSON may well have a key `constructor`, and no object has it by inheritance here. */
export function member(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

export type Range = readonly [from: number, below: number];

export function isRange(value: JsonValue | undefined): value is Range {
  return isList(value) && value.length >= 2 && typeof value[0] === 'number' && typeof value[1] === 'number';
}

export function isNumbers(value: JsonValue | undefined): value is readonly number[] {
  return isList(value) && value.every((each) => typeof each === 'number');
}
