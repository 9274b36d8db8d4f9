import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vendorBucketings } from '../src/bucketing/vendor-bucketings.ts';
import type { SplitPart } from '../src/document/rollout.ts';
import { texts } from './texts.ts';

const weighted = (weight: fc.Arbitrary<number>): fc.Arbitrary<readonly SplitPart[]> =>
  fc.array(fc.record({ variant: fc.constant('v'), weight }), { minLength: 1, maxLength: 6 });

const place = fc.double({ min: 0, max: 1, noNaN: true });
const ranged = fc.array(fc.record({ variant: fc.constant('v'), from: place, below: place }), { minLength: 1 });
const grown = fc.oneof(
  ranged,
  weighted(place),
  weighted(fc.integer({ min: 1, max: 99 })).map((parts) => {
    const total = parts.reduce((sum, { weight = 0 }) => sum + weight, 0);
    return parts.map((part) => ({ ...part, weight: (part.weight ?? 0) / total }));
  }),
);
const small = weighted(fc.nat(60));

const algorithms = [
  { name: 'launchdarkly-1', splits: weighted(fc.nat(60_000)) },
  { name: 'unleash-1', splits: weighted(fc.nat(1000)) },
  { name: 'flagsmith-2', splits: weighted(fc.double({ min: 0, max: 60, noNaN: true })) },
  { name: 'flagd-1', splits: small },
  { name: 'flagd-2', splits: small },
  { name: 'growthbook-1', splits: grown },
  { name: 'growthbook-2', splits: grown },
  { name: 'md5-percent-1', splits: small },
] as const;

it('there is a law for every algorithm', () => {
  expect(algorithms.map(({ name }) => name)).toEqual(Object.keys(vendorBucketings));
});

describe.each(algorithms)('$name', ({ name, splits }) => {
  const bucketing = vendorBucketings[name];

  it('places every unit within its scale', () => {
    fc.assert(
      fc.property(texts, texts, (salt, unit) => {
        const at = bucketing.place(salt, unit);
        expect(at >= 0 && at <= bucketing.scale).toBe(true);
      }),
    );
  });

  it('lets nobody in at 0%, everybody at 100%, and never fewer when the percentage grows', () => {
    expect([bucketing.enterBelow(0), bucketing.enterBelow(100)]).toEqual([0, bucketing.scale]);
    const percentage = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(percentage, percentage, (one, other) => {
        const [lower, higher] = one < other ? [one, other] : [other, one];
        expect(bucketing.enterBelow(lower)).toBeLessThanOrEqual(bucketing.enterBelow(higher));
      }),
    );
  });

  it('has shares that say how many units get each part', () => {
    const count = 4000;
    fc.assert(
      fc.property(splits, fc.string(), (parts, salt) => {
        const split = bucketing.compileSplit(parts);
        const counts = parts.map(() => 0);
        for (let index = 0; index < count; index++) {
          const part = split.choose(salt, `unit-${index}`);
          if (part >= 0) counts[part] = (counts[part] as number) + 1;
        }
        // Past six standard deviations, so chance alone does not fail here.
        for (const [index, each] of counts.entries()) {
          expect(Math.abs(each / count - (split.shares[index] as number))).toBeLessThan(0.05);
        }
        expect(split.shares.every((share) => share >= 0)).toBe(true);
        expect(split.shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(1 + 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});
