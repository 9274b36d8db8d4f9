import type { Condition, Flag, Rollout, Rule } from '@sluice/core';
import type { Decided, Outcome } from './outcome.ts';
import { plain } from './plain-condition.ts';

export type Rules = Pick<Flag, 'control' | 'rules' | 'rollout' | 'bucketing'>;

/**
 * What is decided, in order, as the rules of a flag.
 *
 * Where some get the application's own default, that has to be control, and then the default variant is a rollout to everybody
 * whom no rule caught.
 */
export function rulesOf(
  decided: readonly Decided[],
  defaultVariant: string | undefined,
  bucketing: 'flagd-1' | 'flagd-2',
  aVariant: string,
): Rules {
  const reached = reachable(decided);
  const last = reached.at(-1);
  const withoutControl = defaultVariant === undefined || reached.some(({ outcome }) => outcome.kind === 'nothing');
  const spread = reached.some(({ outcome }) => outcome.kind === 'rollout');
  // Whatever the flag's bucketing is, what everybody gets needs no hash.
  const own = spread ? ({ bucketing: 'sluice-1' } as const) : {};
  const toAll = (variant: string): Rollout => ({ percentage: 100, serve: variant, ...own });
  const toNobody: Rollout = { percentage: 0, serve: aVariant, ...own };
  const fallsOn = withoutControl && defaultVariant !== undefined ? defaultVariant : undefined;
  const rules = reached.flatMap(({ when, outcome }): readonly Rule[] =>
    typeof when === 'boolean' ? [] : ruleOf(plain(when), outcome, toNobody, fallsOn),
  );
  const end = last?.when === true ? last.outcome : undefined;
  const finish = endOf(end, toAll, defaultVariant, fallsOn);
  const all = [...rules, ...finish.rules];
  return {
    ...(spread ? { bucketing } : {}),
    control: withoutControl ? null : (defaultVariant ?? null),
    ...(all.length === 0 ? {} : { rules: all }),
    ...(finish.rollout === undefined ? {} : { rollout: finish.rollout }),
  };
}

function reachable(decided: readonly Decided[]): readonly Decided[] {
  const possible = decided.filter(({ when }) => when !== false);
  const end = possible.findIndex(({ when }) => when === true);
  if (end === -1) return possible;
  const reached = possible.slice(0, end + 1);
  // A rule just before the end that gives what the end gives changes nothing.
  while (reached.length > 1 && JSON.stringify(reached.at(-2)?.outcome) === JSON.stringify(reached.at(-1)?.outcome)) {
    reached.splice(-2, 1);
  }
  return reached;
}

function ruleOf(when: Condition, outcome: Outcome, toNobody: Rollout, fallsOn: string | undefined): Rule[] {
  switch (outcome.kind) {
    case 'variant':
      return [{ when, serve: outcome.variant }];
    case 'nothing':
      return [{ when, rollout: toNobody }];
    case 'rollout':
      // A unit that gets no part gets the default variant, and control is not always that.
      return fallsOn === undefined
        ? [{ when, rollout: outcome.rollout }]
        : [
            { when, rollout: outcome.rollout, otherwise: 'next' },
            { when, serve: fallsOn },
          ];
  }
}

function endOf(
  outcome: Outcome | undefined,
  toAll: (variant: string) => Rollout,
  defaultVariant: string | undefined,
  fallsOn: string | undefined,
): { readonly rules: readonly Rule[]; readonly rollout?: Rollout } {
  switch (outcome?.kind) {
    case 'variant':
      return outcome.variant === defaultVariant && fallsOn === undefined
        ? { rules: [] }
        : { rules: [], rollout: toAll(outcome.variant) };
    case 'rollout': {
      if (fallsOn === undefined) return { rules: [], rollout: outcome.rollout };
      const unit = (outcome.rollout.unit ?? 'targetingKey') as string;
      return {
        rules: [{ when: { [unit]: { exists: true } }, rollout: outcome.rollout, otherwise: 'next' }],
        rollout: toAll(fallsOn),
      };
    }
    default:
      return { rules: [] };
  }
}
