import { describe, expect, it } from 'vitest';
import { flagd1, flagd2 } from '../src/bucketing/vendors/flagd.ts';

const weights = (...list: number[]) => list.map((weight) => ({ variant: 'v', weight }));

describe.each([
  ['flagd-1', flagd1],
  ['flagd-2', flagd2],
])('%s', (_name, flagd) => {
  it('has no part for a unit that is missing', () => {
    expect(['', 0, false, null, undefined].map((value) => flagd.unitOf(value, 'split', true))).toEqual(
      Array(5).fill(undefined),
    );
    expect(flagd.compileSplit(weights(1)).choose('flag', undefined)).toBe(-1);
    expect(flagd.entersWithoutUnit(true, true)).toBe(false);
  });

  it('counts a part without a weight as 1', () => {
    expect(flagd.compileSplit([{ variant: 'a' }, { variant: 'b', weight: 3 }]).shares).toEqual([0.25, 0.75]);
  });
});

it('flagd-2 gives nobody a part where flagd-core refuses the weights', () => {
  for (const refused of [weights(0, 0), weights(2 ** 31 - 1, 1), weights(1.5, 1)]) {
    const { choose, shares } = flagd2.compileSplit(refused);
    expect([choose('flag', 'ada'), ...shares]).toEqual([-1, 0, 0]);
  }
});

it('flagd-2 takes a negative weight for 0', () => {
  expect(flagd2.compileSplit(weights(-5, 1)).shares).toEqual([0, 1]);
});

it('flagd-2 solves its boundaries to the last of 2^32 hashes', () => {
  const totals = [3, 100, 12_345, 2 ** 31 - 1];
  for (const total of totals) {
    for (const sum of [1, 2, total >> 1, total - 1]) {
      const below = (flagd2.compileSplit(weights(sum, total - sum)).shares[0] as number) * 2 ** 32;
      const bucket = (hash: number): bigint => (BigInt(hash) * BigInt(total)) >> 32n;
      expect([bucket(below - 1) < sum, bucket(below) < sum], `${sum} of ${total}`).toEqual([true, false]);
    }
  }
});
