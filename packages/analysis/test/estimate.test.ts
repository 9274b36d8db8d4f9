import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedArm } from '../src/comparison.ts';
import { estimateDifference } from '../src/estimate.ts';
import { scaleOutcomes } from '../src/moments.ts';
import { momentsOf } from './fixtures/measured.ts';

const definition = { aggregate: 'mean', better: 'lower', margin: '10%' } as const;
const units = fc.array(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 }), {
  minLength: 3,
  maxLength: 30,
});

function estimate(candidate: ReturnType<typeof momentsOf>, control: ReturnType<typeof momentsOf>) {
  const arms = { candidate: comparedArm(definition, candidate), control: comparedArm(definition, control) };
  if (arms.candidate === null || arms.control === null) throw new Error('an arm without outcomes');
  const comparison = { metric: 'cost', definition, candidate: arms.candidate, control: arms.control };
  return estimateDifference(comparison, 0.05);
}

describe('estimateDifference', () => {
  it('with one outcome per unit is Welch, to the digit', () => {
    // scipy.stats.ttest_ind([5, 7, 9, 6, 8], [4, 4, 5, 6], equal_var=False).confidence_interval()
    const {
      estimate: difference,
      low,
      high,
    } = estimate(momentsOf([[5], [7], [9], [6], [8]]), momentsOf([[4], [4], [5], [6]]));
    expect(difference).toBeCloseTo(2.25, 12);
    expect(low).toBeCloseTo(0.2087805106066436, 9);
    expect(high).toBeCloseTo(4.291219489393356, 9);
  });

  it('flips with the arms', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        const there = estimate(momentsOf(a), momentsOf(b));
        const back = estimate(momentsOf(b), momentsOf(a));
        expect(back.estimate).toBeCloseTo(-there.estimate, 9);
        expect(back.low).toBeCloseTo(-(there.high ?? Number.NaN), 6);
        expect(back.high).toBeCloseTo(-(there.low ?? Number.NaN), 6);
      }),
    );
  });

  it('scales with the outcomes', () => {
    fc.assert(
      fc.property(units, units, fc.constantFrom(0.001, 0.5, 1000), (a, b, factor) => {
        const plain = estimate(momentsOf(a), momentsOf(b));
        const scaled = estimate(scaleOutcomes(momentsOf(a), factor), scaleOutcomes(momentsOf(b), factor));
        expect(scaled.estimate / factor).toBeCloseTo(plain.estimate, 8);
        expect((scaled.standardError ?? 0) / factor).toBeCloseTo(plain.standardError ?? 0, 5);
        expect((scaled.margin ?? 0) / factor).toBeCloseTo(plain.margin ?? 0, 8);
      }),
    );
  });

  it('has a detectable loss that halves with four times the units', () => {
    const arm = (count: number) => momentsOf(Array.from({ length: count }, (_, i) => [i % 5, (i * 7) % 3]));
    const few = estimate(arm(150), arm(150)).detectable ?? 0;
    const many = estimate(arm(600), arm(600)).detectable ?? 0;
    expect(few / many).toBeGreaterThan(1.95);
    expect(few / many).toBeLessThan(2.05);
  });
});
