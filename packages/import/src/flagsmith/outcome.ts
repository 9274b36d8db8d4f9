import type { Condition, Rollout, SplitPart } from '@sluice/core';
import type { FeatureState } from './environment.ts';
import type { Override } from './override.ts';
import type { Variants } from './variants.ts';

/** What somebody gets: a variant, a part of a split, or, `undefined`, the caller's own default. */
export type Outcome =
  | { readonly serve: string; readonly rollout?: never }
  | { readonly serve?: never; readonly rollout: Rollout }
  | undefined;

/** For whom it is, of those for whom no earlier one is. */
export interface Entry extends Pick<Override, 'name' | 'identifiers'> {
  readonly when: Condition;
  readonly outcome: Outcome;
}

/** What a state gives: parts of it to their units, and the rest to everybody else. */
export interface Division {
  readonly parts: readonly (Pick<Entry, 'outcome'> & { readonly bucket: Condition; readonly name: string })[];
  readonly rest: Outcome;
}

/**
 * A split names a variant in each part. One that has a part without a value, and so with the caller's own default, is
 * told apart by who is in which part.
 */
export function divide(state: FeatureState, name: string, apiKey: string, variants: Variants): Division {
  const own = variants.ofState(state, name);
  const rest: Outcome = own === undefined ? undefined : { serve: own };
  if (state.options.length === 0) return { parts: [], rest };
  const salt = `${state.key ?? state.feature},${apiKey}_`;
  const options = state.options.map((option) => ({ variant: variants.ofOption(option), weight: option.weight }));
  const split = [...options, { variant: own, weight: remainder(state) }];
  if (split.every((part): part is SplitPart & { weight: number } => part.variant !== undefined)) {
    return { parts: [], rest: { rollout: { percentage: 100, salt, split } } };
  }
  let from = 0;
  const parts = options.flatMap(({ variant, weight }) => {
    const range = [from, Math.min(from + weight, 100)] as const;
    from += weight;
    if (range[0] >= range[1]) return [];
    const bucket: Condition = { bucket: { bucketing: 'flagsmith-2', salt, ranges: [range] } };
    return { bucket, name: variant ?? 'no value', outcome: variant === undefined ? undefined : { serve: variant } };
  });
  return { parts, rest };
}

function remainder({ options }: FeatureState): number {
  const taken = options.reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(0, Number((100 - taken).toFixed(6)));
}
