import type { UnitMoments } from '@sluice/core';
import { type Comparison, lossSign } from './comparison.ts';
import type { Difference } from './difference.ts';
import { scoreTest } from './score-test.ts';

/** What the harm of a metric is tested on: the outcomes, or for a p95 how many of them lie above the shared threshold. */
function tested(comparison: Comparison, arm: 'candidate' | 'control'): UnitMoments {
  const { summary } = comparison[arm];
  return comparison.definition.aggregate === 'p95' && summary.p95 !== undefined ? summary.p95.shared.above : summary;
}

/**
 * The candidate's loss against no loss at all; `null` where an arm is too small to say.
 *
 * A p95 is tested as a share: how many of an arm's outcomes lie above the p95 of both arms together. That keeps its
 * error rate where the difference of two quantiles, divided by its unpooled standard error, does not.
 */
export function harmTest(comparison: Comparison): Difference | null {
  const { candidate, control, definition } = comparison;
  if (candidate.variance === null || control.variance === null) return null;
  const test = scoreTest(tested(comparison, 'candidate'), tested(comparison, 'control'));
  return { ...test, difference: lossSign(definition) * test.difference };
}
