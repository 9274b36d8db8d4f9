import type { Path, Rollout, SplitPart } from '@sluice/core';
import { type Decision, noneOf } from '../condition-algebra.ts';
import { allConditions } from './all-conditions.ts';
import { attributeName } from './attribute-name.ts';
import type { Strategy } from './convert-strategy.ts';
import { openRollout, type Step } from './flag-steps.ts';
import type { VariantList } from './read-variants.ts';
import { defaultUnit, type EnteringRollout, noteRandom } from './strategy-entering.ts';
import type { UnleashNoting } from './unleash-report.ts';
import type { VariantTable } from './variant-table.ts';

/** A strategy with the variants among which it chooses: its own, else the feature's. */
export interface Choosing extends Pick<Strategy, 'when' | 'rollout'> {
  /** Absent where it enables the feature and gives no variant. */
  readonly list: VariantList | undefined;
  readonly salt: string;
  readonly stickiness: unknown;
}

/**
 * The steps of the flag that carries variants. The first strategy that lets a context enter is final, so those that give no
 * variant shut out whom they let enter; `undefined` where the variants cannot be carried, after a note.
 */
export function payloadSteps(
  strategies: readonly Choosing[],
  table: VariantTable,
  noting: UnleashNoting,
): Step[] | undefined {
  const steps: Step[] = [];
  let open: Decision = true;
  for (const strategy of strategies) {
    const when = allConditions([open, strategy.when]);
    if (when === false) continue;
    if (strategy.list === undefined) {
      open = allConditions([open, noneOf(allConditions([strategy.when, enters(strategy.rollout)]))]);
      continue;
    }
    const chosen = choices(strategy.list, strategy, table, noting);
    if (chosen === undefined) return undefined;
    for (const { variants, when: who } of chosen) {
      const { rollout } = strategy;
      const condition = allConditions([when, who]);
      if ('split' in variants) steps.push({ when: condition, rollout: { ...(rollout ?? openRollout), ...variants } });
      else if (rollout === undefined) steps.push({ when: condition, serve: variants.serve });
      else steps.push({ when: condition, rollout: { ...rollout, serve: variants.serve } });
    }
  }
  return steps;
}

/** Whether some context gets no variant though the feature is enabled for it. */
export function leavesSomeWithout(strategies: readonly Choosing[]): boolean {
  return strategies.some(
    ({ list, when, rollout }) => list === undefined && when !== false && rollout?.percentage !== 0,
  );
}

/** Whether a context enters, asked in a condition. */
function enters(rollout: EnteringRollout | undefined): Decision {
  if (rollout === undefined) return true;
  const { percentage, salt, unit } = rollout;
  if (percentage === 0) return false;
  // A context without a unit enters an open rollout by default stickiness, though it is in no bucket.
  if (percentage === 100 && Array.isArray(unit)) return true;
  return { bucket: { bucketing: 'unleash-1', unit, salt, ranges: [[0, percentage]] } };
}

interface Choice {
  readonly when: Decision;
  readonly variants:
    | { readonly serve: string }
    | {
        readonly split: readonly SplitPart[];
        readonly splitSalt: string;
        readonly splitUnit: string | readonly string[];
      };
}

/** Overrides come before the hash, and a variant without weight can have one. */
function choices(
  { variants }: VariantList,
  { salt, stickiness }: Choosing,
  table: VariantTable,
  noting: UnleashNoting,
): readonly Choice[] | undefined {
  const overrides = variants.flatMap((variant): Choice[] =>
    variant.override === undefined ? [] : [{ when: variant.override, variants: { serve: table.nameOf(variant) } }],
  );
  const weighted = variants.filter(({ weight }) => weight > 0);
  const [first, second] = weighted;
  if (first === undefined) return overrides;
  if (second === undefined) return [...overrides, { when: true, variants: { serve: table.nameOf(first) } }];
  const splitUnit = splitUnitOf(stickiness, [...(variants[0]?.path ?? []), 'stickiness'], noting);
  if (splitUnit === undefined) return undefined;
  const split = weighted.map((variant) => ({ variant: table.nameOf(variant), weight: variant.weight }));
  return [...overrides, { when: true, variants: { split, splitSalt: salt, splitUnit } }];
}

/** The default takes text only, and one attribute more than the default for entering. */
function splitUnitOf(stickiness: unknown, path: Path, noting: UnleashNoting): Rollout['splitUnit'] {
  const missing = 'are drawn a variant anew at every call by the SDK, and here always get the same';
  if (stickiness === undefined || stickiness === 'default') {
    noting.carry('stickiness default');
    const attributes = 'userId, sessionId and remoteAddress';
    noting.note('missing-unit', path, `chooses by the first of ${attributes}: contexts that have none ${missing}`);
    noting.note(
      'numeric-id',
      path,
      `chooses by ${attributes} only where they are text: contexts with numbers ${missing}`,
    );
    return [...defaultUnit, 'remoteAddress'];
  }
  // The SDK takes an empty name for an attribute that no context has.
  if (!stickiness || stickiness === 'random') {
    noting.carry('stickiness random');
    noteRandom(path, noting);
    return [];
  }
  const unit = attributeName(stickiness, path, noting);
  if (unit === undefined) return undefined;
  noting.carry('stickiness custom');
  noting.note('missing-unit', path, `chooses by ${unit}: contexts without it ${missing}`);
  return unit;
}
