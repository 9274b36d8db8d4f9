import type { JsonValue } from '@sluice/core';
import { plainJson } from '../plain-json.ts';

/** Deeper values are mistakes, and what looks into them would run out of stack. */
const MAX_DEPTH = 150;

/** What flagd would read in the JSON of a value; `undefined` where that has none or is too deep. */
export function readJson(input: unknown): JsonValue | undefined {
  const json = plainJson(input);
  return json !== undefined && isWithin(json, MAX_DEPTH) ? json : undefined;
}

function isWithin(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each: JsonValue) => isWithin(each, depth - 1));
}
