import type { Condition, Flag, Rollout, Rule } from '@sluice/core';
import { type Decision, everybody } from '../condition-algebra.ts';
import { defaultUnit } from './strategy-entering.ts';

/** One strategy's part in a flag; who meets it and does not enter goes to the next. */
export interface Step {
  readonly when: Decision;
  /** Everybody gets it; or else `rollout`. */
  readonly serve?: string;
  readonly rollout?: Rollout;
}

/** Steps as the rules of a flag, and its rollout where the last step is for everybody. */
export function flagOf(steps: readonly Step[]): Pick<Flag, 'rules' | 'rollout'> {
  const rules: Rule[] = [];
  const possible = steps.filter(({ when }) => when !== false);
  for (const [index, step] of possible.entries()) {
    const { when, serve, rollout } = step;
    if (when === true && (index === possible.length - 1 || entersAll(step))) {
      return { ...(rules.length > 0 && { rules }), rollout: rollout ?? toEverybody(serve) };
    }
    const condition = when === true ? everybody : (when as Condition);
    if (serve !== undefined) rules.push({ when: condition, serve });
    else if (rollout !== undefined) rules.push({ when: condition, rollout, otherwise: 'next' });
  }
  return rules.length > 0 ? { rules } : {};
}

/** What follows such a step is never reached. */
function entersAll({ serve, rollout }: Step): boolean {
  return serve !== undefined || (rollout !== undefined && rollout.percentage >= 100 && Array.isArray(rollout.unit));
}

/** A rollout that lets everybody enter, and by what they enter where somebody makes its percentage smaller. */
export const openRollout: { readonly percentage: 100; readonly salt: string; readonly unit: readonly string[] } = {
  percentage: 100,
  salt: '',
  unit: defaultUnit,
};

function toEverybody(serve = 'on'): Rollout {
  return { ...openRollout, serve };
}
