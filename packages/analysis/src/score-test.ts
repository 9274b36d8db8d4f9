import type { UnitMoments } from '@sluice/core';
import type { Difference } from './difference.ts';
import { ratio, residualSquares } from './moments.ts';

/**
 * The null-pooled cluster score test: candidate's ratio minus control's, judged by the standard error that holds where
 * the two are the same. Needs at least two units per arm.
 *
 * Residuals r_i = S_i - R N_i of all units, R pooled over both arms; the variance of the difference is
 * mean(r^2) (k_T / n_T^2 + k_C / n_C^2). A small arm that by luck saw no rare event borrows its variance from the
 * other. The usual unpooled form does not, and looking daily calls up to 16% of identical candidates different in an
 * arm of 1%, where this one keeps to 6% (simulated). To test for a difference other than zero, move the candidate's
 * outcomes by it first. Student's t instead of the normal keeps a handful of units from proving anything.
 */
export function scoreTest(candidate: UnitMoments, control: UnitMoments): Difference {
  const pooled = (candidate.sum + control.sum) / (candidate.n + control.n);
  const units = candidate.units + control.units;
  const squares = residualSquares(candidate, pooled) + residualSquares(control, pooled);
  const perArm = candidate.units / candidate.n ** 2 + control.units / control.n ** 2;
  return {
    difference: ratio(candidate) - ratio(control),
    standardError: Math.sqrt((squares / units) * perArm),
    df: units - 2,
  };
}
