import type { MetricSummary } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { type ArmValue, armValue, welchDifference } from '../../src/arm-value.ts';
import { pValueHigher, pValueLower } from '../../src/difference.ts';
import { addMoments, shiftOutcomes } from '../../src/moments.ts';
import { normalCdf } from '../../src/normal.ts';
import { scoreTest } from '../../src/score-test.ts';
import { momentsOf, type Outcomes } from '../fixtures/measured.ts';
import { gaussian, heavyTailedCount, seeded } from '../fixtures/random.ts';

const ROUNDS = 1000;

/** 99.9% of the counts that a test of level 0.05 gives lie inside. */
const nominal = { low: 0.05 - 3.3 * Math.sqrt(0.0475 / ROUNDS), high: 0.05 + 3.3 * Math.sqrt(0.0475 / ROUNDS) };

/** Units that differ in how busy they are and in how good their answers are, the busy ones being a bit harder. */
function arm(random: () => number, units: number, loss = 0): Outcomes {
  return Array.from({ length: units }, () => {
    const count = heavyTailedCount(random);
    const own = 0.2 * gaussian(random) - 0.05 * Math.log(count);
    return Array.from({ length: count }, () => 0.75 - loss + own + 0.2 * gaussian(random));
  });
}

/** The test that does harm: Welch on runs, as if no two of them came from one unit. */
function requestLevelPValue(candidate: Outcomes, control: Outcomes): number {
  const [a, b] = [candidate, control].map((units) => {
    const values = units.flat();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, variance: squares / (values.length - 1) / values.length };
  }) as [{ mean: number; variance: number }, { mean: number; variance: number }];
  return normalCdf((a.mean - b.mean) / Math.sqrt(a.variance + b.variance));
}

/** In how many of the rounds each of the conditions held. */
function shares(seed: number, round: (random: () => number) => readonly boolean[]): readonly number[] {
  const random = seeded(seed);
  const counts: number[] = [];
  for (let i = 0; i < ROUNDS; i++)
    round(random).forEach((held, k) => {
      counts[k] = (counts[k] ?? 0) + Number(held);
    });
  return counts.map((count) => count / ROUNDS);
}

describe('the pooled cluster score test on clustered, heavy-tailed data', () => {
  it('calls 5% of identical candidates worse, where a test of runs calls several times as many', () => {
    const [clustered, better, requestLevel] = shares(20_260_101, (random) => {
      const [candidate, control] = [arm(random, 150), arm(random, 150)];
      const test = scoreTest(momentsOf(candidate), momentsOf(control));
      return [pValueLower(test) <= 0.05, pValueHigher(test) <= 0.05, requestLevelPValue(candidate, control) <= 0.05];
    });
    for (const share of [clustered, better]) {
      expect(share).toBeGreaterThan(nominal.low);
      expect(share).toBeLessThan(nominal.high);
    }
    expect(requestLevel).toBeGreaterThan(0.2);
  });

  it('does not take a small arm that saw few errors for a better one, as the unpooled test does', () => {
    const errors = (random: () => number, units: number): MetricSummary =>
      momentsOf(
        Array.from({ length: units }, () => {
          const own = 0.03 * Math.exp(gaussian(random) - 0.5);
          return Array.from({ length: heavyTailedCount(random) }, () => Number(random() < own));
        }),
      );
    const rate = { aggregate: 'mean', better: 'lower' } as const;
    const [pooledBetter, pooledWorse, unpooledBetter] = shares(20_260_102, (random) => {
      const [candidate, control] = [errors(random, 60), errors(random, 600)];
      const pooled = scoreTest(candidate, control);
      const unpooled = welchDifference(armValue(rate, candidate) as ArmValue, armValue(rate, control) as ArmValue);
      return [
        pValueLower(pooled) <= 0.05,
        pValueHigher(pooled) <= 0.05,
        unpooled !== null && pValueLower(unpooled) <= 0.05,
      ];
    });
    expect(pooledBetter).toBeLessThan(nominal.high);
    // One tenth of the control and skewed: the level is not exact on this side.
    expect(pooledWorse).toBeLessThan(0.09);
    expect(unpooledBetter).toBeGreaterThan(nominal.high);
  });

  it('passes a candidate that loses exactly the margin in 5% of the cases, and finds real harm', () => {
    const [passes, finds] = shares(20_260_103, (random) => {
      const [candidate, control] = [momentsOf(arm(random, 150, 0.04)), momentsOf(arm(random, 150))];
      const beyondMargin = scoreTest(shiftOutcomes(candidate, 0.04), control);
      const harm = scoreTest(momentsOf(arm(random, 150, 0.12)), control);
      return [pValueHigher(beyondMargin) <= 0.05, pValueLower(harm) <= 0.05];
    });
    expect(passes).toBeGreaterThan(nominal.low);
    expect(passes).toBeLessThan(nominal.high);
    expect(finds).toBeGreaterThan(0.8);
  });

  it('is for one look: whoever looks daily and stops at the first difference finds one in about a fifth of identical pairs', () => {
    const [found] = shares(20_260_104, (random) => {
      let [candidate, control] = [momentsOf([]), momentsOf([])];
      let differs = false;
      for (let day = 1; day <= 14; day++) {
        candidate = addMoments(candidate, momentsOf(arm(random, 20)));
        control = addMoments(control, momentsOf(arm(random, 20)));
        const test = scoreTest(candidate, control);
        differs ||= Math.min(pValueLower(test), pValueHigher(test)) <= 0.025;
      }
      return [differs];
    });
    expect(found).toBeGreaterThan(0.14);
    expect(found).toBeLessThan(0.27);
  });
});
