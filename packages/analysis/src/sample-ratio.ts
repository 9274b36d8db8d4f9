import type { Summary } from '@sluice/core';
import { chiSquareSurvival } from './chi-square.ts';
import type { SampleRatio } from './impact.ts';

/** Below this p the units are not what the split promised: something loses or doubles some of them. */
const MISMATCH_LEVEL = 0.001;

/** Below this the chi-square approximation tells nothing. */
const FEWEST_EXPECTED = 8;

/** Pearson's chi-square of the exposed units against the shares that the arms of one stage were given. */
export function sampleRatio(arms: readonly Summary[]): SampleRatio {
  const observed = Object.fromEntries(arms.map((arm) => [arm.variant, arm.exposedUnits]));
  const total = arms.reduce((sum, arm) => sum + arm.exposedUnits, 0);
  const shares = arms.map((arm) => arm.share ?? 0);
  const allShares = shares.reduce((sum, share) => sum + share, 0);
  if (arms.length < 2 || shares.includes(0)) return { status: 'unknown', pValue: null, observed, expected: {} };

  const expectedUnits = shares.map((share) => (total * share) / allShares);
  const expected = Object.fromEntries(arms.map((arm, index) => [arm.variant, expectedUnits[index] ?? 0]));
  if (Math.min(...expectedUnits) < FEWEST_EXPECTED) return { status: 'unknown', pValue: null, observed, expected };

  const statistic = arms.reduce((sum, arm, index) => {
    const wanted = expectedUnits[index] ?? 0;
    return sum + (arm.exposedUnits - wanted) ** 2 / wanted;
  }, 0);
  const pValue = chiSquareSurvival(statistic, arms.length - 1);
  return { status: pValue < MISMATCH_LEVEL ? 'mismatch' : 'balanced', pValue, observed, expected };
}
