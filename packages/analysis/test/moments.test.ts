import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMoments,
  effectiveUnits,
  padRange,
  ratio,
  residualSquares,
  scaleOutcomes,
  shiftOutcomes,
} from '../src/moments.ts';
import { momentsOf } from './fixtures/measured.ts';

// Whole numbers add without rounding, so that laws can be checked to the last bit.
const units = fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 }), {
  minLength: 1,
});

describe('moments', () => {
  it('of disjoint units add up exactly', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(addMoments(momentsOf(a), momentsOf(b))).toEqual(momentsOf([...a, ...b]));
      }),
    );
  });

  it('of scaled and shifted outcomes are those of the outcomes scaled and shifted', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: -9, max: 9 }), (outcomes, amount) => {
        const each = (change: (value: number) => number) => momentsOf(outcomes.map((unit) => unit.map(change)));
        expect(scaleOutcomes(momentsOf(outcomes), amount || 1)).toEqual(each((value) => value * (amount || 1)));
        expect(shiftOutcomes(momentsOf(outcomes), amount)).toEqual(each((value) => value + amount));
      }),
    );
  });

  it('give the sum of squared residuals around any level', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: -2000, max: 2000 }), (outcomes, level) => {
        const expected = outcomes.reduce((sum, unit) => sum + unit.reduce((s, value) => s + value - level, 0) ** 2, 0);
        expect(residualSquares(momentsOf(outcomes), level)).toBe(expected);
      }),
    );
  });

  it('leave no residual where every outcome is the same, whatever the rounding', () => {
    const same = momentsOf(Array.from({ length: 1000 }, (_, unit) => Array<number>(1 + (unit % 7)).fill(0.1)));
    expect(residualSquares(same, ratio(same))).toBe(0);
  });

  it('count a unit with half of the outcomes as what it is', () => {
    const busy = [Array<number>(100).fill(1), ...Array.from({ length: 100 }, () => [1])];
    expect(effectiveUnits(momentsOf(busy))).toBeCloseTo(200 ** 2 / (100 ** 2 + 100), 10);
    expect(effectiveUnits(momentsOf([]))).toBe(0);
    expect(
      effectiveUnits(
        momentsOf([
          [1, 1],
          [2, 2],
          [3, 3],
        ]),
      ),
    ).toBe(3);
  });
});

describe('padRange', () => {
  it('gives an arm that saw no failure the variance of one success and one failure more', () => {
    const padded = padRange(momentsOf(Array.from({ length: 100 }, () => [0])), [0, 1]);
    expect(padded).toEqual(momentsOf([...Array.from({ length: 101 }, () => [0]), [1]]));
  });

  it('asks an imagined unit as often as the others, and takes any range', () => {
    const padded = padRange(momentsOf([[3, 3, 3], [3]]), [-2, 5]);
    expect(padded).toEqual(momentsOf([[3, 3, 3], [3], [-2, -2], [5, 5]]));
  });
});
