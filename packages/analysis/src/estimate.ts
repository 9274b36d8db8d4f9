import { welchDifference } from './arm-value.ts';
import type { Comparison } from './comparison.ts';
import type { Difference } from './difference.ts';
import type { Estimate } from './impact.ts';
import { marginValue } from './margin.ts';
import { padRange } from './moments.ts';
import { normalQuantile } from './normal.ts';
import { scoreTest } from './score-test.ts';
import { studentTQuantile } from './student-t.ts';

/** Of every interval, two-sided. */
export const CONFIDENCE = 0.95;

/** How often a loss of the size that is called detectable is found. */
const POWER = 0.8;

/**
 * Candidate minus control with its interval: the unpooled delta method, Student's t with Welch's degrees of freedom.
 *
 * @param alpha the one-sided level at which harm of this metric is found
 */
export function estimateDifference(comparison: Comparison, alpha: number): Estimate {
  const { candidate, control, definition } = comparison;
  const estimate = candidate.value - control.value;
  const margin = definition.margin === undefined ? null : marginValue(definition.margin, control.value);
  const welch = welchDifference(candidate, control);
  if (welch === null) return { estimate, low: null, high: null, standardError: null, margin, detectable: null };
  const { standardError, df } = welch;
  const reach = studentTQuantile((1 + CONFIDENCE) / 2, df) * standardError;
  const detectable = detectableLoss(comparison, welch, alpha);
  return { estimate, low: estimate - reach, high: estimate + reach, standardError, margin, detectable };
}

function detectableLoss({ definition, candidate, control }: Comparison, welch: Difference, alpha: number): number {
  const { aggregate, range } = definition;
  // Where both arms saw only successes their variance is zero, and still they could have missed a rare failure.
  const { standardError, df } =
    aggregate === 'mean' && range !== undefined
      ? scoreTest(padRange(candidate.summary, range), padRange(control.summary, range))
      : welch;
  return (studentTQuantile(1 - alpha, df) + normalQuantile(POWER)) * standardError;
}
