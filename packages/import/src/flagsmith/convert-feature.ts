import type { Condition, Flag, Rule } from '@sluice/core';
import type { FeatureState } from './environment.ts';
import { Names } from './names.ts';
import { divide, type Entry, type Outcome } from './outcome.ts';
import type { Override } from './override.ts';
import { Variants } from './variants.ts';

/** Whether the feature is enabled. */
export function enabledFlag(state: FeatureState, overrides: readonly Override[]): Flag {
  const outcome = (each: FeatureState): Outcome => ({ serve: each.enabled ? 'on' : 'off' });
  const entries = overrides.map(({ state: each, ...override }) => ({ ...override, outcome: outcome(each) }));
  const { targets, rules } = steps(entries, outcome(state));
  return { ...targets, ...rules, ...(state.enabled && { rollout: { percentage: 100, serve: 'on' } }) };
}

/** Which value the feature has; of values of more than one type, the types. */
export function valueFlag(
  state: FeatureState,
  overrides: readonly Override[],
  apiKey: string,
): { readonly flag: Flag } | { readonly types: readonly string[] } {
  const variants = new Variants();
  const usual = divide(state, 'control', apiKey, variants);
  const control = variants.ofState(state, 'control') ?? null;
  const special = overrides.flatMap(({ state: each, when, name, identifiers }): readonly Entry[] => {
    const { parts, rest } = divide(each, name, apiKey, variants);
    return [
      ...parts.map((part) => ({
        when: { ...when, ...part.bucket },
        name: `${name}: ${part.name}`,
        identifiers: undefined,
        outcome: part.outcome,
      })),
      { when, name, identifiers, outcome: rest },
    ];
  });
  const entries = [
    ...special,
    ...usual.parts.map(({ bucket, ...part }) => ({ ...part, when: bucket, identifiers: undefined })),
  ];
  if (variants.types.length !== 1) return { types: variants.types };
  const { targets, rules, excluded } = steps(entries, usual.rest);
  const split = [usual.rest, ...entries.map(({ outcome }) => outcome)].some(
    (outcome) => outcome?.rollout !== undefined,
  );
  return {
    flag: {
      ...(split && { bucketing: 'flagsmith-2' }),
      variants: variants.values,
      control: excluded ? null : control,
      ...targets,
      ...rules,
      ...(!excluded && usual.rest?.rollout !== undefined && { rollout: usual.rest.rollout }),
    },
  };
}

interface Steps {
  readonly targets: Pick<Flag, 'targets'>;
  readonly rules: Pick<Flag, 'rules'>;
  /** Whether somebody gets the caller's own default, so that everybody else has to be named by a rule. */
  readonly excluded: boolean;
}

function steps(entries: readonly Entry[], rest: Outcome): Steps {
  const needed = entries.slice(0, entries.findLastIndex(({ outcome }) => !isSame(outcome, rest)) + 1);
  const first = needed.findIndex(
    ({ identifiers, outcome }) => identifiers === undefined || outcome?.serve === undefined,
  );
  const targeted = first === -1 ? needed : needed.slice(0, first);
  const { rules, excluded } = rulesOf(needed.slice(targeted.length), rest);
  return {
    targets: targeted.length > 0 ? { targets: targetsOf(targeted) } : {},
    rules: rules.length > 0 ? { rules } : {},
    excluded,
  };
}

function isSame(one: Outcome, other: Outcome): boolean {
  return one?.rollout === undefined && other?.rollout === undefined && one?.serve === other?.serve;
}

/** A unit that is named twice is the first one's. */
function targetsOf(entries: readonly Entry[]): NonNullable<Flag['targets']> {
  const targets = new Map<string, string[]>();
  const taken = new Set<string>();
  for (const { identifiers = [], outcome } of entries) {
    const units = identifiers.filter((each) => !taken.has(each));
    for (const unit of units) taken.add(unit);
    const variant = outcome?.serve as string;
    targets.set(variant, [...(targets.get(variant) ?? []), ...new Set(units)]);
  }
  return Object.fromEntries(targets);
}

/** No rule serves the caller's own default, so whoever gets it is left out of the rules after. */
function rulesOf(
  entries: readonly Entry[],
  rest: Outcome,
): { readonly rules: readonly Rule[]; readonly excluded: boolean } {
  const names = new Names();
  const excluded: Condition[] = [];
  const rules: Rule[] = [];
  for (const { name, when, outcome } of entries) {
    if (outcome === undefined) excluded.push(when);
    else
      rules.push({
        name: names.give(name),
        when: excluded.length === 0 ? when : { ...when, none: [...excluded] },
        ...outcome,
      });
  }
  if (excluded.length > 0 && rest !== undefined) {
    rules.push({ name: names.give('everybody else'), when: { none: excluded }, ...rest });
  }
  return { rules, excluded: excluded.length > 0 };
}
