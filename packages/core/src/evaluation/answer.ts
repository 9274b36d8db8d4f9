import type { JsonValue } from '../json.ts';
import type { Evaluation, FlagMetadata, Reason } from './evaluation.ts';

/** The answer with one variant, frozen; `null` is the caller's own default, which has no name. */
export function answer(
  values: ReadonlyMap<string, JsonValue>,
  variant: string | null,
  reason: Reason,
  flagMetadata: FlagMetadata,
): Evaluation {
  if (variant === null) return Object.freeze({ value: undefined, reason, flagMetadata });
  return Object.freeze({ value: values.get(variant) ?? null, variant, reason, flagMetadata });
}

/** An answer in which the caller's default is served. */
export function failure(
  errorCode: NonNullable<Evaluation['errorCode']>,
  errorMessage: string,
  flagMetadata: FlagMetadata = noMetadata,
): Evaluation {
  return Object.freeze({ value: undefined, reason: 'ERROR', errorCode, errorMessage, flagMetadata });
}

export const noMetadata: FlagMetadata = Object.freeze({});
