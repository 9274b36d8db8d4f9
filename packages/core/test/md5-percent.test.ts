import { expect, it } from 'vitest';
import { md5Percent } from '../src/bucketing/vendors/md5-percent.ts';

const weights = (...list: number[]) => list.map((weight) => ({ variant: 'v', weight }));

it('a unit is a string that is not empty, or a safe integer', () => {
  const values = ['ada', 42, 0, '', 4.5, 2 ** 53, true, null, undefined];
  expect(values.map((value) => md5Percent.unitOf(value, 'enter', true))).toEqual([
    'ada',
    '42',
    '0',
    ...Array(6).fill(undefined),
  ]);
});

it('lets in the hundredths below the percentage', () => {
  for (const percentage of [0, 0.5, 1, 13, 13.1, 99, 99.5, 100]) {
    const below = md5Percent.enterBelow(percentage);
    for (let place = 0; place < 100; place++) expect(place < below, `${place}`).toBe(place < percentage);
  }
});

it('reads weights as percents, and leaves the rest of the units without a part', () => {
  const { shares, choose } = md5Percent.compileSplit(weights(25, 25));
  expect(shares).toEqual([0.25, 0.25]);
  expect(choose('flag', undefined)).toBe(-1);
});
