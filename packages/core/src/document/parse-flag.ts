import { isObject } from '../json.ts';
import { condition } from './parse-condition.ts';
import { exactlyOne, rollout, serve } from './parse-rollout.ts';
import type { Path } from './problem.ts';
import {
  choice,
  describe,
  flagOrSwitch,
  list,
  name,
  number,
  object,
  type Reader,
  type Review,
  record,
  text,
} from './review.ts';
import { valueTypeOf } from './variants.ts';

const LATER = 'is not supported yet';

/** Deeper payloads are mistakes, and an object that holds itself is infinitely deep. */
const MAX_PAYLOAD_DEPTH = 64;

const ruleMembers = object({ name, when: condition, serve, rollout }, ['when'], { otherwise: LATER });

const rule: Reader = (value, path, review) => {
  ruleMembers(value, path, review);
  if (isObject(value)) exactlyOne(value, ['serve', 'rollout'], path, review);
};

const rampMembers = object(
  {
    steps: list(
      object({ percentage: number(0, 100), holdHours: number(0, Number.MAX_SAFE_INTEGER) }, [
        'percentage',
        'holdHours',
      ]),
      1,
    ),
  },
  ['steps'],
);

const ramp: Reader = (value, path, review) => {
  if (isObject(value)) rampMembers(value, path, review);
  else if (value !== 'auto') review.refuse(path, `has to be "auto" or an object with steps, not ${describe(value)}`);
};

const payload: Reader = (value, path, review) => {
  if (value === null || value === undefined) review.refuse(path, 'a variant needs a value; none was written');
  else readPayload(value, path, review, 0);
};

function readPayload(value: unknown, path: Path, review: Review, depth: number): void {
  if (depth > MAX_PAYLOAD_DEPTH) {
    return review.refuse(path, `is nested deeper than ${MAX_PAYLOAD_DEPTH} levels; make it flatter`, 'reference');
  }
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) readPayload(entry, [...path, index], review, depth + 1);
  } else if (isObject(value) && isPlain(value)) {
    for (const key of Object.keys(value)) {
      if (key === '__proto__') review.refuse([...path, key], 'cannot be used as a key');
      else readPayload(value[key], [...path, key], review, depth + 1);
    }
  } else if (value !== null && valueTypeOf(value) === undefined) {
    review.refuse(path, `has to be a JSON value, not ${describe(value)}`);
  } else if (typeof value === 'number' && !Number.isFinite(value)) {
    review.refuse(path, 'has to be a finite number');
  } else if (typeof value === 'object' && value !== null) {
    review.refuse(path, 'has to be a plain object, a list, a string, a number, true, false or null');
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

const variants: Reader = (value, path, review) => {
  record(payload)(value, path, review);
  if (isObject(value) && Object.keys(value).length === 0) review.refuse(path, 'needs at least one variant');
};

const bucketing: Reader = (value, path, review) => {
  if (value !== 'sluice-1') review.refuse(path, `${describe(value)} ${LATER}; leave it out or write "sluice-1"`);
};

const flagMembers = object(
  {
    description: text,
    kind: choice('model', 'prompt', 'tool', 'parameters', 'agent', 'release'),
    risk: choice('low', 'medium', 'high'),
    enabled: flagOrSwitch,
    requires: list(name),
    unit: name,
    salt: text,
    bucketing,
    variants,
    control: serve,
    rules: list(rule),
    rollout,
    ramp,
  },
  [],
  { prerequisites: LATER, targets: LATER, layer: LATER, holdout: LATER, sticky: LATER, schema: LATER },
);

/** The structure of a flag; what its names refer to is checked against the whole document. */
export const flag: Reader = (value, path, review) => {
  flagMembers(value, path, review);
  if (isObject(value) && Object.hasOwn(value, 'variants') && !Object.hasOwn(value, 'control')) {
    review.refuse(path, 'has variants and so needs "control": the name of the safe one');
  }
};
