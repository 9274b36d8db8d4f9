import { isObject } from '../json.ts';
import { bucketing } from './parse-rollout.ts';
import { describe, list, name, number, object, oneOrMany, type Reader, text } from './review.ts';

const end = number(0, Number.MAX_SAFE_INTEGER);

const range: Reader = (value, path, review) => {
  if (!Array.isArray(value) || value.length !== 2) {
    return review.refuse(path, 'has to be a list of two numbers: the first place, and the first that is not in it');
  }
  for (const [index, each] of value.entries()) end(each, [...path, index], review);
  const [from, below] = value as readonly unknown[];
  if (typeof from === 'number' && typeof below === 'number' && from > below) {
    review.refuseReference(path, `ends at ${below}, before it begins; turn it round`);
  }
};

const members = object({ bucketing, unit: oneOrMany(name), salt: text, ranges: list(range, 1) }, ['salt', 'ranges']);

export const bucket: Reader = (value, path, review) => {
  if (isObject(value)) members(value, path, review);
  else
    review.refuse(
      path,
      `takes a share of the units, such as { salt: "s", ranges: [[0, 0.5]] }, not ${describe(value)}`,
    );
};
