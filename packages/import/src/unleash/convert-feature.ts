import type { Flag } from '@sluice/core';
import { placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import type { Segments } from './convert-segments.ts';
import { convertStrategy, type Strategy } from './convert-strategy.ts';
import { flagOf } from './flag-steps.ts';
import { type Choosing, leavesSomeWithout, payloadSteps } from './payload-steps.ts';
import { readVariants, type VariantList, weighs } from './read-variants.ts';
import type { Feature } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';
import { tabulate } from './variant-table.ts';

/** A feature's flags, without what it depends on. */
export interface ConvertedFeature {
  readonly feature: Feature;
  /** Whether it is enabled, as a boolean flag. */
  readonly enabled: Flag;
  readonly variants: ConvertedVariants | 'none' | 'lost';
}

interface ConvertedVariants {
  readonly flag: Flag;
  /** The names in the document of what Unleash calls by one name. */
  readonly namesOf: ReadonlyMap<string, readonly string[]>;
  /** Whether some context gets none though the feature is enabled for it. */
  readonly leavesSomeWithout: boolean;
}

export function convertFeature(feature: Feature, segments: Segments, noting: UnleashNoting): ConvertedFeature {
  noting.carry('feature');
  if (!feature.enabled) noting.carry('feature disabled');
  if (feature.strategies.length === 0) noting.carry('no strategies');
  if (feature.impressionData) {
    const message = 'sends impression events, which are the business of a hook here';
    noting.note('impression-data', [...feature.path, 'impressionData'], message);
  }
  const strategies = feature.strategies.map((strategy) => convertStrategy(strategy, segments, noting));
  const described = {
    ...(feature.description !== undefined && { description: feature.description }),
    ...(!feature.enabled && { enabled: false }),
    bucketing: 'unleash-1',
  } as const;
  const carried = feature.strategies.length === 0 ? [everybody] : strategies.filter((each) => each !== undefined);
  const steps = carried.map(({ when, rollout }) =>
    rollout === undefined ? { when, serve: 'on' } : { when, rollout: { ...rollout, serve: 'on' } },
  );
  return {
    feature,
    enabled: { ...described, ...(!feature.enabled && { whenDisabled: 'off' }), ...flagOf(steps) },
    variants: convertVariants(feature, strategies, described, noting),
  };
}

const everybody: Strategy = { when: true, rollout: undefined, group: '', stickiness: undefined };

/** @param strategies in the feature's order; those that could not be carried are `undefined` */
function convertVariants(
  feature: Feature,
  strategies: readonly (Strategy | undefined)[],
  described: Flag,
  noting: UnleashNoting,
): ConvertedFeature['variants'] {
  const ownVariants = feature.strategies.map(({ value, path }) =>
    placed(isRecord(value) ? value['variants'] : undefined, [...path, 'variants']),
  );
  const weighing = (variants: Feature['variants']): boolean => weighs(variants.map(({ value }) => value));
  if (![feature.variants, ...ownVariants].some(weighing)) return 'none';
  const read = (variants: Feature['variants']): VariantList | 'none' | undefined =>
    weighing(variants) ? readVariants(variants, noting) : 'none';
  const shared = read(feature.variants);
  const own = ownVariants.map(read);
  const lists = [shared, ...own].filter((list) => list !== 'none');
  if (lists.includes(undefined)) return 'lost';
  const table = tabulate(feature, lists as VariantList[], noting);
  if (table === undefined) return 'lost';

  const choosing = (strategy: Strategy, list: VariantList | 'none' | undefined): Choosing => {
    if (list !== undefined && list !== 'none') {
      return { ...strategy, list, salt: strategy.group, stickiness: list.stickiness || strategy.stickiness };
    }
    const inherited = shared === 'none' ? undefined : shared;
    return { ...strategy, list: inherited, salt: feature.name, stickiness: inherited?.stickiness ?? undefined };
  };
  const choices =
    strategies.length === 0
      ? [choosing(everybody, 'none')]
      : strategies.flatMap((strategy, index) => (strategy === undefined ? [] : [choosing(strategy, own[index])]));
  const steps = payloadSteps(choices, table, noting);
  if (steps === undefined) return 'lost';
  if (shared !== 'none') noting.carry('feature variants');
  if (own.some((list) => list !== 'none')) noting.carry('strategy variants');
  return {
    flag: { ...described, variants: table.values, control: null, ...flagOf(steps) },
    namesOf: table.namesOf,
    leavesSomeWithout: leavesSomeWithout(choices),
  };
}
