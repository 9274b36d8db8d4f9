import { isObject } from '../json.ts';
import type { Path } from './problem.ts';
import {
  choice,
  describe,
  list,
  name,
  number,
  object,
  oneOrMany,
  type Reader,
  type Review,
  record,
  text,
} from './review.ts';
import { bucketingNames } from './rollout.ts';

const weight = number(0, Number.MAX_SAFE_INTEGER);

/** The name of a variant; YAML's `true` and `false` are what people write who think of `on` and `off`. */
export const serve: Reader = (value, path, review) => {
  if (typeof value === 'boolean') review.refuse(path, `names a variant, not a value; write "${value ? 'on' : 'off'}"`);
  else name(value, path, review);
};

export const bucketing: Reader = choice(...bucketingNames);

const unit = oneOrMany(name);

const weights = record(weight);
const parts = list(object({ variant: serve, weight, from: weight, below: weight }, ['variant']), 1);

const split: Reader = (value, path, review) => (Array.isArray(value) ? parts : weights)(value, path, review);

const members = object(
  {
    percentage: number(0, 100),
    serve,
    split,
    stage: number(0, Number.MAX_SAFE_INTEGER, true),
    bucketing,
    salt: text,
    unit,
    splitSalt: text,
    splitUnit: unit,
  },
  ['percentage'],
);

export const rollout: Reader = (value, path, review) => {
  members(value, path, review);
  if (!isObject(value)) return;
  exactlyOne(value, ['serve', 'split'], path, review);
  if (isObject(value['split'])) readWeights(value['split'], [...path, 'split'], review);
};

export function exactlyOne(
  value: Readonly<Record<string, unknown>>,
  keys: readonly [string, string],
  path: Path,
  review: Review,
): void {
  const given = keys.filter((key) => Object.hasOwn(value, key));
  if (given.length !== 1) review.refuse(path, `needs ${keys.join(' or ')}${given.length === 2 ? ', not both' : ''}`);
}

function readWeights(split: Readonly<Record<string, unknown>>, path: Path, review: Review): void {
  const weights = Object.values(split).filter((each) => typeof each === 'number');
  if (weights.length === 0) return review.refuse(path, 'needs at least one variant with a weight');
  const sum = weights.reduce((total, each) => total + each, 0);
  if (sum === 0) review.refuseReference(path, 'has only weights of 0, so nobody could get anything; give one a weight');
  // A sum near 100 was meant to be 100; any other is a deliberate ratio such as 1 to 2.
  else if (Math.abs(sum - 100) > 1e-6 && sum > 90 && sum < 110) {
    review.warn(
      path,
      `has weights that add up to ${describe(sum)}; they are taken as ratios, which may not be what you mean`,
    );
  }
}
