import type { JsonValue as OpenFeatureJson, ResolutionDetails } from '@openfeature/core';
import { type Evaluation, failure, type ValueType, valueTypeOf } from '@sluice/core';

/**
 * An evaluation as OpenFeature takes it. Errors are returned, because the client drops the metadata of a thrown one, and
 * types are checked here, because the server client does not check them.
 *
 * A frozen evaluation is handed on as it is; only where something has to be said of this one call is a new object made.
 */
export function toResolution<T extends OpenFeatureJson>(
  evaluation: Evaluation,
  key: string,
  type: ValueType,
  defaultValue: T,
): ResolutionDetails<T> {
  const { value } = evaluation;
  if (value === undefined) return { ...evaluation, value: defaultValue } as ResolutionDetails<T>;
  const found = valueTypeOf(value);
  if (found === type) return evaluation as ResolutionDetails<T>;
  const message = `${key} is of type ${found}, and was asked for as ${type}`;
  return { ...failure('TYPE_MISMATCH', message, evaluation.flagMetadata), value: defaultValue } as ResolutionDetails<T>;
}
