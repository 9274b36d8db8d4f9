import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketingNames, type SplitPart, splittingOnly } from '../../src/document/rollout.ts';
import type { CompiledFlags } from '../../src/evaluation/compile.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { percentage } from '../arbitraries.ts';
import { compiled } from '../compiled.ts';
import { unit } from '../condition-arbitraries.ts';

const vendors = bucketingNames.filter((name) => name !== 'sluice-1');
const ramping = vendors.filter((name) => !splittingOnly.includes(name));
const variants = { control: 'c', a: 'A', b: 'B' };
const whole = { 'launchdarkly-1': 100_000, 'growthbook-1': 1, 'growthbook-2': 1 } as const;

const variantOf = (flags: CompiledFlags, key: string, targetingKey: string) =>
  evaluate(flags, key, { targetingKey }).variant;

describe.each(ramping)('a percentage of %s', (bucketing) => {
  it('only adds units when it grows, and nobody at 0, everybody at 100', () => {
    fc.assert(
      fc.property(percentage, percentage, fc.array(unit, { minLength: 10 }), (one, other, units) => {
        const at = (each: number) =>
          compiled({ flags: { f: { bucketing, rollout: { percentage: each, serve: 'on' } } } });
        const [less, more] = [at(Math.min(one, other)), at(Math.max(one, other))];
        for (const each of units) {
          if (variantOf(less, 'f', each) === 'on') expect(variantOf(more, 'f', each)).toBe('on');
          expect([variantOf(at(0), 'f', each), variantOf(at(100), 'f', each)]).toEqual(['off', 'on']);
        }
      }),
    );
  });
});

const splitOf = (bucketing: string, share: number): SplitPart[] => {
  const total = whole[bucketing as keyof typeof whole] ?? 100;
  // flagd takes whole weights only.
  const weigh = (each: number): number => (total === 1 ? each : Math.round(each * total));
  return [
    { variant: 'a', weight: weigh(share) },
    { variant: 'b', weight: weigh(1 - share) },
  ];
};

describe.each(vendors)('a split of %s', (bucketing) => {
  const at = (share: number) =>
    compiled({
      flags: {
        f: { variants, control: 'control', bucketing, rollout: { percentage: 100, split: splitOf(bucketing, share) } },
      },
    });

  it('moves units only to the first variant while that one’s weight grows', () => {
    const shares = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(shares, fc.array(unit, { minLength: 10 }), ([one, other], units) => {
        const [less, more] = [at(Math.min(one, other) / 100), at(Math.max(one, other) / 100)];
        for (const each of units) {
          expect(variantOf(more, 'f', each)).toBe(variantOf(at(Math.max(one, other) / 100), 'f', each));
          if (variantOf(less, 'f', each) === 'a') expect(variantOf(more, 'f', each)).toBe('a');
        }
      }),
    );
  });
});

// GrowthBook 1 hashes the unit before the seed, so flags whose keys end alike split alike: why there is a 2.
describe.each(vendors.filter((name) => name !== 'growthbook-1'))('a split of %s', (bucketing) => {
  it('gives each variant its share, and says nothing about the split of a neighbouring flag', () => {
    const flag = (salt: string) => ({
      variants,
      control: 'control',
      bucketing,
      salt,
      rollout: { percentage: 100, split: splitOf(bucketing, 0.3) },
    });
    const flags = compiled({ flags: { f: flag('f'), g: flag('g') } });
    const counts = { aa: 0, ab: 0, ba: 0, bb: 0 };
    const units = 20_000;
    for (let index = 0; index < units; index++) {
      const both = ['f', 'g'].map((key) => variantOf(flags, key, `user-${index}`)).join('') as keyof typeof counts;
      counts[both]++;
    }
    const expected = { aa: 0.09, ab: 0.21, ba: 0.21, bb: 0.49 };
    const chiSquare = Object.entries(expected).reduce((sum, [cell, share]) => {
      const difference = counts[cell as keyof typeof counts] - share * units;
      return sum + difference ** 2 / (share * units);
    }, 0);
    // Three degrees of freedom at 1e-6; the ids are always the same.
    expect(chiSquare).toBeLessThan(30.7);
  });
});
