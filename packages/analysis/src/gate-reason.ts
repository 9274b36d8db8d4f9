import type { MetricDefinition } from '@sluice/core';
import type { Comparison } from './comparison.ts';
import type { Difference } from './difference.ts';
import type { Estimate } from './impact.ts';
import { ratio } from './moments.ts';
import { normalQuantile } from './normal.ts';
import { formatCount, formatDifference, formatPValue, formatSize, formatValue, metricLabel } from './quantity.ts';

/** What a gate's sentence is made of. */
interface GateEvidence {
  readonly comparison: Comparison;
  readonly estimate: Estimate;
  /** The loss beyond the margin. */
  readonly loss: Difference;
  readonly harmPValue: number;
  /** The level at which harm is found. */
  readonly alpha: number;
}

export function missingReason(
  metric: string,
  definition: MetricDefinition,
  recordedBy: 'candidate' | 'control' | 'neither',
): string {
  const who = recordedBy === 'neither' ? 'neither arm recorded it' : `only the ${recordedBy} recorded it`;
  return `${metricLabel(metric, definition)}: missing, ${who}.`;
}

export function tooFewReason({ metric, definition, candidate, control }: Comparison): string {
  const outcomes = `${formatCount(candidate.summary.n)} and ${formatCount(control.summary.n)} outcomes`;
  const units = `${formatCount(candidate.units)} and ${formatCount(control.units)} units`;
  return `${metricLabel(metric, definition)}: undecided, ${outcomes} of ${units} are too few for an interval.`;
}

export function decidedReason(status: 'pass' | 'fail' | 'undecided', evidence: GateEvidence): string {
  const { comparison, estimate, harmPValue, alpha } = evidence;
  const { metric, definition, candidate, control } = comparison;
  const { difference, interval } = formatDifference(estimate, definition);
  const values = `${formatValue(candidate.value, definition)} against ${formatValue(control.value, definition)}`;
  const numbers = `${values}, ${difference}${interval === null ? '' : ` ${interval}`}`;
  const label = metricLabel(metric, definition);
  const margin = formatSize(estimate.margin ?? 0, definition);
  if (status === 'pass')
    return `${label}: ${isBetter(estimate, definition) ? 'better' : 'no worse'}, ${numbers}; a loss of more than ${margin} is ruled out.`;
  if (status === 'undecided') {
    return `${label}: undecided, ${numbers}; a loss of more than ${margin} is not ruled out${stillMissing(evidence)}.`;
  }
  const p = `${formatPValue(harmPValue)}; up to ${Number(alpha.toPrecision(3))} is harm`;
  return `${label}: worse, ${numbers}${exceedance(comparison)} (${p}).`;
}

/** Whether the whole interval lies on the good side of zero. */
function isBetter({ low, high }: Estimate, { better }: MetricDefinition): boolean {
  return better === 'higher' ? low !== null && low > 0 : high !== null && high < 0;
}

/** What the harm of a p95 was decided on. */
function exceedance({ definition, candidate, control }: Comparison): string {
  const shared = candidate.summary.p95?.shared;
  const sharedOfControl = control.summary.p95?.shared;
  if (definition.aggregate !== 'p95' || shared === undefined || sharedOfControl === undefined) return '';
  const share = (above: number) => `${(100 * above).toFixed(1)}%`;
  const threshold = formatValue(shared.threshold, definition);
  return `; ${share(ratio(shared.above))} of outcomes above ${threshold} against ${share(ratio(sharedOfControl.above))}`;
}

/**
 * The units that would pass this gate 8 times in 10 if the candidate changed nothing. A guess at the true difference
 * itself would be worth less: near the margin it asks for any number of units.
 */
function stillMissing({ comparison, estimate, loss }: GateEvidence): string {
  const units = Math.min(comparison.candidate.units, comparison.control.units);
  const margin = estimate.margin ?? 0;
  if (margin <= 0) return '; a margin of zero can only be passed by a gain';
  const reach = (normalQuantile(0.95) + normalQuantile(0.8)) * loss.standardError;
  const more = Math.ceil(units * ((reach / margin) ** 2 - 1));
  return more > 0
    ? `; if nothing truly changed, about ${formatCount(more)} more units per arm would settle it`
    : '; a true difference between none and the margin takes many more units to settle';
}
