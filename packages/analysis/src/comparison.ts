import type { MetricDefinition, MetricSummary } from '@sluice/core';
import { type ArmValue, armValue } from './arm-value.ts';

/** One metric that both arms recorded. */
export interface Comparison {
  readonly metric: string;
  readonly definition: MetricDefinition;
  readonly candidate: ComparedArm;
  readonly control: ComparedArm;
}

export interface ComparedArm extends ArmValue {
  readonly summary: MetricSummary;
}

export function comparedArm(definition: MetricDefinition, summary: MetricSummary | undefined): ComparedArm | null {
  const value = armValue(definition, summary);
  return value === null || summary === undefined ? null : { ...value, summary };
}

/** 1 where more is worse, -1 where less is: times a difference it is the candidate's loss. */
export function lossSign(definition: MetricDefinition): 1 | -1 {
  return definition.better === 'lower' ? 1 : -1;
}
