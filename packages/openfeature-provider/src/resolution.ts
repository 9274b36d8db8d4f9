import type { JsonValue as OpenFeatureJson, ResolutionDetails } from '@openfeature/core';
import { type Evaluation, failure, metadataKeys, type ValueType, valueTypeOf } from '@sluice/core';

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
  stale: boolean,
): ResolutionDetails<T> {
  const { value } = evaluation;
  if (value === undefined) return marked({ ...evaluation, value: defaultValue }, stale) as ResolutionDetails<T>;
  const found = valueTypeOf(value);
  if (found !== type) {
    const message = `${key} is of type ${found}, and was asked for as ${type}`;
    const mismatch = failure('TYPE_MISMATCH', message, evaluation.flagMetadata);
    return marked({ ...mismatch, value: defaultValue }, stale) as ResolutionDetails<T>;
  }
  return (stale ? marked(evaluation, stale) : evaluation) as ResolutionDetails<T>;
}

/** The last good document's answer keeps its reason: it still says why the unit got this variant. */
function marked(evaluation: Evaluation | (Evaluation & { value: unknown }), stale: boolean): unknown {
  if (!stale) return evaluation;
  return { ...evaluation, flagMetadata: { ...evaluation.flagMetadata, [metadataKeys.stale]: true } };
}
