import type { Path, Rollout } from '@sluice/core';
import { type Decision, together } from '../condition-algebra.ts';
import { bucketedUnits } from './bucketed-unit.ts';
import type { Conversion } from './conversion.ts';
import type { RolloutDefinition, Serving } from './definitions.ts';
import type { Variations } from './variations.ts';

/** What becomes of contexts for which no earlier step decided. */
export interface Step {
  readonly when: Decision;
  readonly outcome: Outcome;
}

/** A variant; a rollout; or the caller's default, which is what an error of LaunchDarkly comes to. */
export type Outcome = { readonly serve: string } | { readonly rollout: Rollout } | 'default';

/** In order, the last for all contexts that are left; `undefined` where the report says why it is lost. */
export function convertServing(
  serving: Serving | undefined,
  place: 'rule' | 'fallthrough',
  path: Path,
  flag: { readonly salt: string; readonly variations: Variations },
  conversion: Conversion,
): readonly Step[] | undefined {
  const { variation, rollout } = serving ?? {};
  if (variation !== undefined) {
    conversion.notes.carry(`${place} variation`);
    return [{ when: true, outcome: outcomeOf(flag.variations.variant(variation)) }];
  }
  if (rollout === undefined || rollout.variations.length === 0) return [{ when: true, outcome: 'default' }];
  const steps = convertRollout(rollout, [...path, 'rollout'], flag, conversion);
  if (steps !== undefined) conversion.notes.carry(`${place} rollout`);
  return steps;
}

function convertRollout(
  rollout: RolloutDefinition,
  path: Path,
  { salt: flagSalt, variations }: { readonly salt: string; readonly variations: Variations },
  conversion: Conversion,
): readonly Step[] | undefined {
  const { notes, kinds } = conversion;
  const { seed, contextKind } = rollout;
  const experiment = rollout.kind === 'experiment';
  const bucketBy = experiment ? '' : rollout.bucketBy;
  const units = bucketedUnits(bucketBy, contextKind, path, conversion);
  if (units === 'error') return [{ when: true, outcome: 'default' }];
  if (units === undefined) return undefined;
  if (experiment) {
    notes.carry('experiment');
    notes.note(
      'experiment-tracking',
      path,
      'is an experiment: units stay where they are, and which of them LaunchDarkly counted is not carried',
    );
  }
  if (seed) notes.carry('rollout seed');
  if (bucketBy !== '') notes.carry('rollout bucketBy');
  if (contextKind !== undefined && !kinds.usersOnly) notes.carry('rollout contextKind');
  const salt = seed ? String(seed) : undefined;
  const parts = rollout.variations.map(({ variation, weight }) => ({ variant: variations.variant(variation), weight }));
  return units.flatMap(({ when, unit }): readonly Step[] => {
    const filler = parts.find(({ variant }) => variant !== undefined)?.variant;
    if (unit === undefined || filler === undefined) return [{ when, outcome: outcomeOf(partAtZero(parts)) }];
    const ranges = rangesInError(parts);
    const bucket = { bucketing: 'launchdarkly-1', unit, salt: salt ?? flagSalt, ranges } as const;
    const carried: Rollout = {
      percentage: 100,
      split: parts.map(({ variant = filler, weight }) => ({ variant, weight })),
      ...(salt !== undefined && { salt }),
      ...(unit !== 'targetingKey' && { unit }),
    };
    return [
      ...(ranges.length === 0 ? [] : [{ when: together([when, { bucket }]), outcome: 'default' } as const]),
      { when, outcome: { rollout: carried } },
    ];
  });
}

interface WeightedPart {
  readonly variant: string | undefined;
  readonly weight: number;
}

const outcomeOf = (variant: string | undefined): Outcome => (variant === undefined ? 'default' : { serve: variant });

/** What a context gets that has nothing to hash. */
function partAtZero(parts: readonly WeightedPart[]): string | undefined {
  return (parts.find(({ weight }) => weight > 0) ?? parts.at(-1))?.variant;
}

/** Where units are whose part names no variation; of the last part, that is all the rest. */
function rangesInError(parts: readonly WeightedPart[]): readonly (readonly [from: number, below: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  for (const [index, { variant, weight }] of parts.entries()) {
    // Summed up as LaunchDarkly does, because another order of rounding is another boundary.
    const below = from + weight / 100_000;
    const end = index === parts.length - 1 ? 1 : Math.min(below, 1);
    if (variant === undefined && from < end) ranges.push([from, end]);
    from = below;
  }
  return ranges;
}
