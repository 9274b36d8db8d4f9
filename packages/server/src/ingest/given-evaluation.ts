import { type Assignment, metadataKeys } from '@sluice/core';
import { z } from 'zod';
import { boundedRecord } from './bounded-record.ts';

/**
 * An evaluation as OFREP gave it, sent back as it came, with the unit that it was made for. What else OFREP says, the value
 * and the reason, is not looked at.
 */
export const givenEvaluation: z.ZodType<GivenEvaluation> = z.object({
  key: z.string().min(1).max(512),
  /** Left out by OFREP where the caller's own default was served. */
  variant: z.string().min(1).max(512).optional(),
  metadata: boundedRecord(z.union([z.string().max(1_024), z.number(), z.boolean()])).default({}),
  unit: z.union([z.string().min(1).max(1_024), z.int()]),
});

export interface GivenEvaluation {
  readonly key: string;
  readonly variant?: string | undefined;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly unit: string | number;
}

/** Whether a unit met a variant that a rollout gave: only such answers carry a stage. */
export function isExposure({ variant, metadata }: GivenEvaluation): boolean {
  return variant !== undefined && typeof metadata[metadataKeys.stage] === 'string';
}

/** The assignment that an evaluation is, read as `QualityHook` reads one in process; `undefined` where nobody's variant was served. */
export function assignmentOf({ key, variant, metadata, unit }: GivenEvaluation): Assignment | undefined {
  if (variant === undefined) return undefined;
  const arm = metadata[metadataKeys.arm];
  const stage = metadata[metadataKeys.stage];
  const attribute = metadata[metadataKeys.unit];
  const share = metadata[metadataKeys.share];
  return {
    flag: key,
    variant,
    arm: arm === 'candidate' || arm === 'control' ? arm : 'none',
    stage: typeof stage === 'string' ? stage : '',
    unit: String(unit),
    ...(typeof attribute === 'string' && attribute !== 'targetingKey' ? { unitAttribute: attribute } : {}),
    ...(typeof share === 'number' && share >= 0 && share <= 1 ? { share } : {}),
  };
}
