import type { JsonValue } from '../json.ts';

/** OpenFeature's reasons that Sluice gives. */
export type Reason = 'STATIC' | 'TARGETING_MATCH' | 'SPLIT' | 'DEFAULT' | 'DISABLED' | 'ERROR';

/** OpenFeature's error codes that Sluice gives. */
export type EvaluationErrorCode =
  | 'FLAG_NOT_FOUND'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'
  | 'PROVIDER_NOT_READY'
  | 'GENERAL';

/** OpenFeature's flag metadata: scalars only. */
export type FlagMetadata = Readonly<Record<string, string | number | boolean>>;

/** The type of a flag's variants, in OpenFeature's words. */
export type ValueType = 'boolean' | 'string' | 'number' | 'object';

/**
 * One answer. The fields have OpenFeature's names, so that a provider hands the object on as it is.
 *
 * `value` is `undefined` where the caller's default has to be served: reasons `DISABLED` and `ERROR`, and a control that is
 * the caller's default.
 */
export interface Evaluation {
  readonly value: JsonValue | undefined;
  readonly variant?: string;
  readonly reason: Reason;
  readonly flagMetadata: FlagMetadata;
  readonly errorCode?: EvaluationErrorCode;
  readonly errorMessage?: string;
}

/** Who is compared with whom; `none` is measured but compared with nobody. */
export type Arm = 'candidate' | 'control' | 'none';

/**
 * Names of the flag metadata that Sluice sets. A hook reads them, so they also are what any other provider sets to
 * have its flags measured as well as ours.
 */
export const metadataKeys = {
  flagSetId: 'flagSetId',
  version: 'version',
  flagVersion: 'flagVersion',
  kind: 'sluice.kind',
  bucketing: 'sluice.bucketing',
  /** The context attribute that was bucketed. */
  unit: 'sluice.unit',
  arm: 'experiment.arm',
  stage: 'experiment.stage',
  /** Whether the evaluation went through a rollout that compares arms. */
  active: 'experiment.active',
  /** The share of all units that are in this variant's arm, 0 to 1. */
  share: 'experiment.share',
  /** The holdout that keeps the unit out. */
  holdout: 'sluice.holdout',
  /** The unit kept a variant that its hash would not give it any more. */
  sticky: 'sluice.sticky',
  /** The switch that is off. */
  switch: 'switch',
  retryAfterSeconds: 'retryAfterSeconds',
  /** The source could not be read; this is the last good document's answer. */
  stale: 'stale',
} as const;
