import { describe, expect, it } from 'vitest';
import { growthbook1, growthbook2 } from '../src/bucketing/vendors/growthbook.ts';

const weights = (...list: number[]) => list.map((weight) => ({ variant: 'v', weight }));
const range = (from: number, below: number) => ({ variant: 'v', from, below });

describe.each([
  ['growthbook-1', growthbook1, 1000],
  ['growthbook-2', growthbook2, 10_000],
])('%s', (_name, growthbook, places) => {
  it('lets in every place up to a coverage and with it, and nobody at 0', () => {
    const grid = Array.from({ length: places }, (_, index) => index / places);
    const step = (number: number, by: bigint): number => {
      const bits = new BigInt64Array(new Float64Array([number]).buffer);
      bits[0] = (bits[0] as bigint) + by;
      return new Float64Array(bits.buffer)[0] as number;
    };
    for (const [index, place] of grid.entries()) {
      const percentages = [-2n, -1n, 0n, 1n, 2n].map((by) => step(Math.max(place * 100, 1e-9), by));
      for (const percentage of [...percentages, (index * 100) / places, ((index + 0.5) * 100) / places]) {
        const below = growthbook.enterBelow(percentage);
        const near = grid.slice(Math.max(index - 2, 0), index + 3);
        const wrong = near.filter((each) => each < below !== (percentage > 0 && each <= percentage / 100));
        if (wrong.length > 0) expect.fail(`${wrong} at ${percentage}%`);
      }
    }
    expect(growthbook.enterBelow(100)).toBe(1);
  });

  it('makes all parts equal where the weights are not nearly 1 together', () => {
    for (const parts of [weights(0.6, 0.38), weights(0.6, 0.42), weights(0, 0)]) {
      expect(growthbook.compileSplit(parts).shares).toEqual([0.5, 0.5]);
    }
    expect(growthbook.compileSplit(weights(0.25, 0.745)).shares).toEqual([0.25, 0.745]);
    expect(growthbook.compileSplit(weights(0.75, 0.255)).shares).toEqual([0.75, 0.25]);
  });

  it('counts the first of two ranges where they overlap, and nobody between them', () => {
    const { shares } = growthbook.compileSplit([
      range(0.5, 0.75),
      range(0.25, 0.625),
      range(0.5, 0.5),
      range(0.875, 2),
    ]);
    expect(shares).toEqual([0.25, 0.25, 0, 0.125]);
  });

  it('finds no unit in what is falsy', () => {
    const values = ['ada', 42, true, '', 0, false, null, undefined];
    expect(values.map((value) => growthbook.unitOf(value, 'enter', true))).toEqual([
      'ada',
      '42',
      'true',
      ...Array(5).fill(undefined),
    ]);
    expect(growthbook.entersWithoutUnit(true, true)).toBe(false);
    expect(growthbook.compileSplit(weights(1)).choose('seed', undefined)).toBe(-1);
  });
});
