import type { JsonValue } from '@sluice/core';

/** Deeper values are mistakes, and an object that holds itself is infinitely deep. */
const MAX_DEPTH = 150;
/** An object that is met again and again can stand for more than fits into any file. */
const MAX_VALUES = 1_000_000;

/** What JSON would make of a value; `undefined` where it is too deep or too large, or throws when it is read. */
export function readJson(input: unknown): JsonValue | undefined {
  let values = 0;
  const read = (value: unknown, depth: number): JsonValue => {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) throw new RangeError('no JSON of a size that could be read');
    if (Array.isArray(value)) return value.map((each) => read(each, depth + 1));
    if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).filter(([, each]) => each !== undefined && typeof each !== 'function');
      return Object.fromEntries(members.map(([key, each]) => [key, read(each, depth + 1)]));
    }
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  try {
    return read(input, 0);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
