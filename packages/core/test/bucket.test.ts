import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterBelow, POSITIONS, partAt, seedsOf, splitParts } from '../src/bucketing/bucket.ts';
import { percentage } from './arbitraries.ts';

/** floor(percentage / 100 · 2^32) for a decimal fraction, in exact arithmetic. */
function exactly(text: string): number {
  const [whole = '', fraction = ''] = text.split('.');
  return Number((BigInt(whole + fraction) << 32n) / (100n * 10n ** BigInt(fraction.length)));
}

describe('enterBelow', () => {
  it('is the exact fraction rounded down, for every percentage with up to six decimals', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100_000_000 }), fc.nat({ max: 6 }), (digits, decimals) => {
        const text = (Math.min(digits, 100 * 10 ** decimals) / 10 ** decimals).toFixed(decimals);
        expect(enterBelow(Number(text))).toBe(exactly(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('never falls as the percentage grows, and takes nobody at 0 and everybody at 100', () => {
    fc.assert(
      fc.property(percentage, percentage, (a, b) => {
        expect(enterBelow(Math.min(a, b))).toBeLessThanOrEqual(enterBelow(Math.max(a, b)));
      }),
    );
    expect(enterBelow(0)).toBe(0);
    expect(enterBelow(100)).toBe(POSITIONS);
  });
});

describe('splitParts', () => {
  const weights = fc
    .dictionary(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.oneof(fc.nat({ max: 100 }), fc.double({ min: 0, max: 1e9, noNaN: true })),
      { minKeys: 1, noNullPrototype: true },
    )
    .filter((each) => Object.values(each).some((weight) => weight > 0));

  it('covers every position exactly once', () => {
    fc.assert(
      fc.property(weights, (split) => {
        const boundaries = splitParts(split).map(({ below }) => below);
        expect(boundaries.at(-1)).toBe(POSITIONS);
        expect(boundaries).toEqual([...boundaries].sort((a, b) => a - b));
      }),
    );
  });

  it('does not depend on the order in which the weights were written', () => {
    fc.assert(
      fc.property(weights, (split) => {
        expect(splitParts(Object.fromEntries(Object.entries(split).reverse()))).toEqual(splitParts(split));
      }),
    );
  });

  it('gives each variant its share, to a position', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 }), (list) => {
        const split = Object.fromEntries(list.map((weight, index) => [`v${index}`, weight]));
        const total = list.reduce((sum, weight) => sum + weight, 0);
        let before = 0;
        for (const { variant, below, share } of splitParts(split)) {
          expect(share).toBe((split[variant] ?? 0) / total);
          expect(Math.abs(below - before - share * POSITIONS)).toBeLessThanOrEqual(1);
          before = below;
        }
      }),
    );
  });

  it('gives a variant of weight 0 no part', () => {
    expect(splitParts({ a: 0, b: 1, c: 0 })).toEqual([{ variant: 'b', below: POSITIONS, share: 1 }]);
  });

  it('partAt finds the part that holds a position', () => {
    const parts = splitParts({ a: 1, b: 1, c: 2 });
    expect([0, 2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1].map((each) => partAt(parts, each))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });
});

it('the two seeds of a salt differ from each other and from those of its neighbours', () => {
  const seeds = ['flag-1', 'flag-2', 'a', 'b', 'aa', 'ab', '']
    .map(seedsOf)
    .flatMap(({ enter, split }) => [enter, split]);
  expect(new Set(seeds).size).toBe(14);
});
