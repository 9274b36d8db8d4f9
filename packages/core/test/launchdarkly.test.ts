import { expect, it } from 'vitest';
import { launchdarkly } from '../src/bucketing/vendors/launchdarkly.ts';

const weights = (...list: number[]) => list.map((weight) => ({ variant: 'v', weight }));

it('a unit is any string, the empty one too, or an integer', () => {
  const values = ['ada', '', 42, -0, 1e21, 4.5, Number.NaN, true, null, undefined, [], {}];
  expect(values.map((value) => launchdarkly.unitOf(value, 'split', true))).toEqual([
    'ada',
    '',
    '42',
    '0',
    '1e+21',
    ...Array(7).fill(undefined),
  ]);
});

it('a unit that is missing has the first part with a weight', () => {
  const { choose } = launchdarkly.compileSplit(weights(0, 1, 99_999));
  expect(choose('flag.salt', undefined)).toBe(1);
});

it('the last part takes what is left, and weights past the whole are cut off', () => {
  expect(launchdarkly.compileSplit(weights(10_000, 20_000)).shares).toEqual([0.1, 0.9]);
  expect(launchdarkly.compileSplit(weights(0, 0)).shares).toEqual([0, 1]);
  expect(launchdarkly.compileSplit(weights(75_000, 75_000, 1)).shares).toEqual([0.75, 0.25, 0]);
});
