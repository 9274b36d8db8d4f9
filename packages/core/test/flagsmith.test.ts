import { expect, it } from 'vitest';
import { flagsmith } from '../src/bucketing/vendors/flagsmith.ts';

const weights = (...list: number[]) => list.map((weight) => ({ variant: 'v', weight }));

it('a unit is what is truthy', () => {
  const values = ['ada', 42, true, '', 0, false, null, undefined];
  expect(values.map((value) => flagsmith.unitOf(value, 'split', true))).toEqual([
    'ada',
    '42',
    'true',
    ...Array(5).fill(undefined),
  ]);
});

it('the last part takes the rest, whatever its weight, and units that are missing', () => {
  const { shares, choose } = flagsmith.compileSplit(weights(25, 50, 0));
  expect(shares).toEqual([0.25, 0.5, 0.25]);
  expect(choose('1,environment_', undefined)).toBe(2);
  expect(flagsmith.entersWithoutUnit(false, true)).toBe(true);
  expect(flagsmith.compileSplit(weights(100, 100)).shares).toEqual([1, 0]);
});
