import { choice, describe, object, type Reader, text } from './review.ts';

const margin: Reader = (value, path, review) => {
  const number = typeof value === 'number' && value >= 0 && Number.isFinite(value);
  const share = typeof value === 'string' && /^\d+(\.\d+)?%$/.test(value);
  if (!number && !share) {
    review.refuse(path, `has to be a number of at least 0 or a share such as "10%", not ${describe(value)}`);
  }
};

const range: Reader = (value, path, review) => {
  const pair = Array.isArray(value) && value.length === 2 && value.every((end) => Number.isFinite(end));
  if (!pair) review.refuse(path, `has to be two numbers, such as [0, 1], not ${describe(value)}`);
  else if (value[0] >= value[1]) review.refuseReference(path, 'has to name the smaller end first');
};

export const metric: Reader = object(
  {
    aggregate: choice('mean', 'p95'),
    better: choice('higher', 'lower'),
    range,
    measuredIn: text,
    margin,
  },
  ['aggregate', 'better'],
);
