import type { EvaluationDetails, FlagValue, HookContext } from '@openfeature/server-sdk';
import { type Arm, type Assignment, metadataKeys } from '@sluice/core';
import { unitOf } from './unit.ts';

/** How to measure a flag of a provider that does not say it itself. */
export interface MeasuredFlag {
  /** The variant that all others are compared with. */
  readonly control: string;
  /**
   * The context attribute by which the provider buckets.
   *
   * @default 'targetingKey'
   */
  readonly unit?: string;
  /**
   * Names the period in which nothing about the flag's rollout changes; outcomes of two stages are never added up.
   *
   * @default the flag metadata's `version`, else empty
   */
  readonly stage?: string;
}

type Details = Pick<EvaluationDetails<FlagValue>, 'value' | 'variant' | 'flagMetadata'>;

/**
 * Whether an answer is an exposure: it went through a rollout, which then has a stage, or its flag is to be measured and
 * the provider leaves it to us to say how. A provider that names an arm and no stage says that no rollout decided.
 */
export function isExposure({ flagMetadata }: Details, measured: MeasuredFlag | undefined): boolean {
  if (typeof flagMetadata[metadataKeys.stage] === 'string') return true;
  return measured !== undefined && flagMetadata[metadataKeys.arm] === undefined;
}

/** The assignment that an answer is, or a sentence why it is none. What the provider says beats what we were told. */
export function assignmentOf(
  hookContext: Pick<HookContext, 'flagKey' | 'context'>,
  details: Details,
  measured: MeasuredFlag | undefined,
): Assignment | string {
  const { flagKey: flag, context } = hookContext;
  const metadata = details.flagMetadata;
  const ours = metadata[metadataKeys.arm] === undefined ? measured : undefined;

  const variant = details.variant ?? (ours === undefined ? undefined : scalarText(details.value));
  if (variant === undefined) return 'the provider names no variant; name the flag in the options of QualityHook';
  const attribute = ours?.unit ?? textOf(metadata[metadataKeys.unit]) ?? 'targetingKey';
  const unit = unitOf(context, attribute);
  if (unit === undefined) return `the evaluation context has no ${attribute}, so there is no unit to measure`;

  const share = metadata[metadataKeys.share];
  return {
    flag,
    variant,
    arm: ours === undefined ? armOf(metadata[metadataKeys.arm]) : variant === ours.control ? 'control' : 'candidate',
    stage: textOf(metadata[metadataKeys.stage]) ?? stageOf(ours, metadata),
    unit,
    ...(attribute === 'targetingKey' ? undefined : { unitAttribute: attribute }),
    ...(typeof share === 'number' && share >= 0 && share <= 1 ? { share } : undefined),
  };
}

function stageOf(measured: MeasuredFlag | undefined, metadata: Details['flagMetadata']): string {
  if (measured === undefined) return '';
  return measured.stage ?? String(metadata[metadataKeys.version] ?? '');
}

function armOf(arm: unknown): Arm {
  return arm === 'candidate' || arm === 'control' ? arm : 'none';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An object has no text that could name a variant. */
function scalarText(value: FlagValue): string | undefined {
  return typeof value === 'object' ? undefined : String(value);
}
