import { isObject } from '../json.ts';
import { serve } from './parse-rollout.ts';
import { describe, flagOrSwitch, list, name, number, object, type Reader, record } from './review.ts';

export const prerequisites: Reader = record(list(serve, 1));

/** Lists of units may be long, so a path is made only for an entry that is refused. */
const units: Reader = (value, path, review) => {
  if (!Array.isArray(value)) return review.refuse(path, `has to be a list, not ${describe(value)}`);
  for (let index = 0; index < value.length; index++) {
    const unit: unknown = value[index];
    if ((typeof unit !== 'string' || unit === '') && !Number.isSafeInteger(unit)) {
      review.refuse([...path, index], `a unit is a string that is not empty, or a safe integer, not ${describe(unit)}`);
    }
  }
};

export const targets: Reader = record(units);

/** More than a layer's units could tell apart by a percentage. */
export const MAX_SLOTS = 100_000;

const slot = number(0, MAX_SLOTS, true);

const slots: Reader = (value, path, review) => {
  if (!Array.isArray(value) || value.length !== 2) {
    return review.refuse(path, 'has to be a list of two slots: the first, and the first that is not taken any more');
  }
  for (const [index, each] of value.entries()) slot(each, [...path, index], review);
};

export const layer: Reader = object({ name, slots }, ['name', 'slots']);

const stickyMembers = object({ ttlSeconds: number(1, Number.MAX_SAFE_INTEGER) });

export const sticky: Reader = (value, path, review) =>
  (isObject(value) ? stickyMembers : flagOrSwitch)(value, path, review);
