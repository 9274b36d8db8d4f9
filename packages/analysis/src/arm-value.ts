import type { MetricDefinition, MetricSummary } from '@sluice/core';
import type { Difference } from './difference.ts';
import { ratio, residualSquares } from './moments.ts';

/** What one arm says about a metric, with its own uncertainty. */
export interface ArmValue {
  /** Mean or p95, whichever the metric's definition asks for. */
  readonly value: number;
  /** Variance of `value`, clustered by unit; `null` where the arm has too few units or outcomes to know it. */
  readonly variance: number | null;
  readonly units: number;
}

/** `null` where the arm recorded nothing of the metric. */
export function armValue(definition: MetricDefinition, summary: MetricSummary | undefined): ArmValue | null {
  if (summary === undefined || summary.n === 0) return null;
  return definition.aggregate === 'p95' ? p95Value(summary) : meanValue(summary);
}

/** The delta method for a ratio of two sums over independent units (Deng, Knoblich and Lu 2018). */
function meanValue(summary: MetricSummary): ArmValue {
  const { units, n } = summary;
  const value = ratio(summary);
  const variance = units < 2 ? null : ((units / (units - 1)) * residualSquares(summary, value)) / n ** 2;
  return { value, variance, units };
}

/**
 * Below this the upper end of a p95's interval would lie above the largest outcome: 1.96^2 0.95 / 0.05. A store may
 * have found ends all the same, as close together as the few outcomes at the top happen to be.
 */
const FEWEST_OUTCOMES = 73;

/** The standard error of a quantile out of Woodruff's interval (1952), whose ends the store found in the outcomes. */
function p95Value({ units, n, p95 }: MetricSummary): ArmValue | null {
  if (p95 === undefined) return null;
  const { value, low, high } = p95;
  const known = units >= 2 && n >= FEWEST_OUTCOMES && low !== null && high !== null;
  return { value, variance: known ? ((high - low) / (2 * 1.96)) ** 2 : null, units };
}

/** The unpooled difference of two arms; `null` where one of them does not know its variance. */
export function welchDifference(candidate: ArmValue, control: ArmValue): Difference | null {
  if (candidate.variance === null || control.variance === null) return null;
  const variance = candidate.variance + control.variance;
  const spread = candidate.variance ** 2 / (candidate.units - 1) + control.variance ** 2 / (control.units - 1);
  return {
    difference: candidate.value - control.value,
    standardError: Math.sqrt(variance),
    // Welch and Satterthwaite.
    df: spread === 0 ? candidate.units + control.units - 2 : variance ** 2 / spread,
  };
}
