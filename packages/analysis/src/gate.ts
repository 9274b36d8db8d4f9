import type { MetricDefinition, Summary } from '@sluice/core';
import { type Comparison, comparedArm } from './comparison.ts';
import { pValueHigher, pValueLower } from './difference.ts';
import { estimateDifference } from './estimate.ts';
import { decidedReason, missingReason, tooFewReason } from './gate-reason.ts';
import { harmTest } from './harm.ts';
import type { Estimate, Gate } from './impact.ts';
import { nonInferiorityTest } from './non-inferiority.ts';

/**
 * How often, at most, a candidate that changes nothing is rolled back, over all gates together; and how often one that
 * loses exactly the margin passes a gate.
 */
const ALPHA = 0.05;

type RecordedBy = 'both' | 'candidate' | 'control' | 'neither';

/** A metric of one candidate beside the control: compared where both recorded it, a gate where it has a margin. */
export interface MetricImpact {
  readonly metric: string;
  readonly definition: MetricDefinition;
  readonly recordedBy: RecordedBy;
  readonly comparison: Comparison | null;
  readonly estimate: Estimate | null;
  readonly gate: Gate | null;
}

/**
 * Judges every metric of a candidate.
 *
 * Harm is tested at `ALPHA` divided by the number of gates that have data (Bonferroni: any one of them rolls back). No
 * such division for passing: promotion needs every gate, so the chance that all err is smaller than that of one
 * (intersection-union; Schultzberg, Ankargren and Frånberg 2024).
 */
export function judgeMetrics(
  metrics: Readonly<Record<string, MetricDefinition>>,
  candidate: Summary,
  control: Summary | undefined,
): readonly MetricImpact[] {
  const compared = Object.entries(metrics).map(([metric, definition]) => {
    const candidateArm = comparedArm(definition, candidate.metrics[metric]);
    const controlArm = comparedArm(definition, control?.metrics[metric]);
    return { metric, definition, candidateArm, controlArm };
  });
  const gatesWithData = compared.filter(
    ({ definition, candidateArm, controlArm }) => definition.margin !== undefined && candidateArm && controlArm,
  );
  const alpha = ALPHA / Math.max(gatesWithData.length, 1);

  return compared.map(({ metric, definition, candidateArm, controlArm }) => {
    if (candidateArm === null || controlArm === null) {
      const recordedBy = candidateArm ? 'candidate' : controlArm ? 'control' : 'neither';
      const missing: Gate = { metric, status: 'missing', reason: missingReason(metric, definition, recordedBy) };
      const gate = definition.margin === undefined ? null : missing;
      return { metric, definition, recordedBy, comparison: null, estimate: null, gate };
    }
    const comparison: Comparison = { metric, definition, candidate: candidateArm, control: controlArm };
    const estimate = estimateDifference(comparison, alpha);
    const gate = decideGate(comparison, estimate, alpha);
    return { metric, definition, recordedBy: 'both', comparison, estimate, gate };
  });
}

/**
 * A loss that is certainly within the margin passes even where it is certainly a loss: the margin says that it may be.
 *
 * Decisions do not read the printed interval: that one is two-sided and unpooled, these tests are one-sided and hold
 * their error rate in small and unequal arms.
 */
function decideGate(comparison: Comparison, estimate: Estimate, alpha: number): Gate | null {
  const { metric, definition } = comparison;
  if (definition.margin === undefined) return null;
  const harm = harmTest(comparison);
  const loss = nonInferiorityTest(comparison, definition.margin);
  if (harm === null || loss === null) {
    return { metric, status: 'undecided', reason: tooFewReason(comparison) };
  }
  const harmPValue = pValueHigher(harm);
  // Nothing varies where the standard error is zero, so the loss is what it is.
  const isWithin = loss.standardError === 0 ? loss.difference <= 0 : pValueLower(loss) <= ALPHA;
  const status = isWithin ? 'pass' : harmPValue <= alpha ? 'fail' : 'undecided';
  return { metric, status, reason: decidedReason(status, { comparison, estimate, loss, harmPValue, alpha }) };
}
