import { type Evaluation, type FlagMetadata, type JsonValue, metadataKeys } from '@sluice/core';
import type { Configuration } from './configuration.ts';

/** OFREP's `serverEvaluationSuccess`. Without a value the caller's own default is meant (ADR 0006). */
export interface OfrepSuccess {
  readonly key: string;
  readonly reason: string;
  readonly variant?: string;
  readonly value?: JsonValue;
  readonly metadata: FlagMetadata;
}

/** OFREP's `evaluationFailure` and, with `FLAG_NOT_FOUND`, its `flagNotFound`. */
export interface OfrepFailure {
  readonly key: string;
  readonly errorCode: OfrepErrorCode;
  readonly errorDetails: string;
  readonly metadata?: FlagMetadata;
}

export type OfrepErrorCode = 'PARSE_ERROR' | 'TARGETING_KEY_MISSING' | 'INVALID_CONTEXT' | 'GENERAL' | 'FLAG_NOT_FOUND';

export function ofrepAnswer(
  key: string,
  evaluation: Evaluation,
  { showsVersion }: Pick<Configuration, 'showsVersion'>,
): OfrepSuccess | OfrepFailure {
  const { value, variant, reason, flagMetadata, errorCode, errorMessage } = evaluation;
  const metadata = showsVersion ? flagMetadata : withoutVersion(flagMetadata);
  if (errorCode !== undefined) {
    return {
      key,
      errorCode: ofrepCode(errorCode),
      errorDetails: errorMessage ?? errorCode,
      metadata,
    };
  }
  return {
    key,
    reason,
    ...(variant === undefined ? {} : { variant }),
    ...(value === undefined ? {} : { value }),
    metadata,
  };
}

function withoutVersion(flagMetadata: FlagMetadata): FlagMetadata {
  const { [metadataKeys.version]: _, ...rest } = flagMetadata;
  return rest;
}

/** The status with which one flag is answered. */
export function ofrepStatus({ errorCode }: Evaluation): 200 | 400 | 404 | 500 {
  if (errorCode === undefined) return 200;
  if (errorCode === 'FLAG_NOT_FOUND') return 404;
  return errorCode === 'PROVIDER_NOT_READY' ? 500 : 400;
}

/** Codes that OFREP does not have are its GENERAL; the details say what it was. */
function ofrepCode(code: NonNullable<Evaluation['errorCode']>): OfrepErrorCode {
  switch (code) {
    case 'FLAG_NOT_FOUND':
    case 'TARGETING_KEY_MISSING':
    case 'INVALID_CONTEXT':
      return code;
    default:
      return 'GENERAL';
  }
}
