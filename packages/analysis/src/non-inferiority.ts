import type { MetricDefinition, UnitMoments } from '@sluice/core';
import { welchDifference } from './arm-value.ts';
import { type ComparedArm, type Comparison, lossSign } from './comparison.ts';
import type { Difference } from './difference.ts';
import { marginShare } from './margin.ts';
import { padRange, scaleOutcomes, shiftOutcomes } from './moments.ts';
import { scoreTest } from './score-test.ts';

/**
 * The candidate's loss beyond the margin: below zero by enough standard errors, the candidate is no worse. `null` where
 * an arm is too small to say.
 *
 * A margin that is a share of the control's value moves the control's outcomes by that share instead of moving the
 * candidate's by a constant, so the noise in the control's value counts.
 */
export function nonInferiorityTest(
  comparison: Comparison,
  margin: NonNullable<MetricDefinition['margin']>,
): Difference | null {
  const { candidate, control, definition } = comparison;
  if (candidate.variance === null || control.variance === null) return null;
  const sign = lossSign(definition);
  const share = marginShare(margin);
  // The worst value allowed is control + sign margin, or control (1 + sign share) for a control above zero.
  const shift = share === null ? sign * Number(margin) : 0;
  const factor = share === null ? 1 : 1 + sign * Math.sign(control.value) * share;
  const test =
    definition.aggregate === 'p95'
      ? quantileTest(candidate, control, shift, factor)
      : scoreTest(
          shiftOutcomes(outcomes(candidate, definition), -shift),
          scaleOutcomes(outcomes(control, definition), factor),
        );
  return test && { ...test, difference: sign * test.difference };
}

function outcomes(arm: ComparedArm, definition: MetricDefinition): UnitMoments {
  return definition.range === undefined ? arm.summary : padRange(arm.summary, definition.range);
}

/** A p95's margin is in ms, not in a share of outcomes, so it is held against the interval of the two p95s. */
function quantileTest(candidate: ComparedArm, control: ComparedArm, shift: number, factor: number): Difference | null {
  const allowed = {
    value: control.value * factor + shift,
    variance: control.variance === null ? null : control.variance * factor ** 2,
    units: control.units,
  };
  return welchDifference(candidate, allowed);
}
