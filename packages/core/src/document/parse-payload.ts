import { isObject } from '../json.ts';
import type { Path } from './problem.ts';
import { describe, type Reader, type Review } from './review.ts';
import { valueTypeOf } from './variants.ts';

/** Deeper payloads are mistakes, and an object that holds itself is infinitely deep. */
const MAX_PAYLOAD_DEPTH = 64;

/** A variant's value. */
export const payload: Reader = (value, path, review) => {
  if (value === null || value === undefined) review.refuse(path, 'a variant needs a value; none was written');
  else readJson(value, path, review, 0);
};

/** Any JSON value. */
export const json: Reader = (value, path, review) => void readJson(value, path, review, 0);

/** False where it goes too deep: then nothing beside it is read, as a list that holds itself twice would never end. */
function readJson(value: unknown, path: Path, review: Review, depth: number): boolean {
  if (depth > MAX_PAYLOAD_DEPTH) {
    review.refuse(path, `is nested deeper than ${MAX_PAYLOAD_DEPTH} levels; make it flatter`, 'reference');
    return false;
  }
  if (Array.isArray(value)) return value.every((entry, index) => readJson(entry, [...path, index], review, depth + 1));
  if (isObject(value) && isPlain(value)) {
    return Object.keys(value).every((key) => {
      if (key !== '__proto__') return readJson(value[key], [...path, key], review, depth + 1);
      review.refuse([...path, key], 'cannot be used as a key');
      return true;
    });
  }
  if (value !== null && valueTypeOf(value) === undefined) {
    review.refuse(path, `has to be a JSON value, not ${describe(value)}`);
  } else if (typeof value === 'number' && !Number.isFinite(value)) {
    review.refuse(path, 'has to be a finite number');
  } else if (typeof value === 'object' && value !== null) {
    review.refuse(path, 'has to be a plain object, a list, a string, a number, true, false or null');
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
