import type { Condition, Flag, Path, Prerequisites, Rollout, Rule } from '@sluice/core';
import { type Decision, together } from '../condition-algebra.ts';
import type { Conversion } from './conversion.ts';
import { convertClauses } from './convert-clause.ts';
import type { Parents } from './convert-prerequisites.ts';
import { convertServing, type Outcome, type Step } from './convert-serving.ts';
import { convertTargets } from './convert-targets.ts';
import type { FlagDefinition } from './definitions.ts';
import type { Variations } from './variations.ts';

export interface ConvertedFlag {
  readonly flag: Flag;
  /** Whether LaunchDarkly may answer an error, which goes on to the flags that ask for this one. */
  readonly mayError: boolean;
}

/** `undefined` where nothing true could be said of the flag, which the report then says. */
export function convertFlag(
  key: string,
  definition: FlagDefinition,
  variations: Variations,
  parents: Parents,
  conversion: Conversion,
): ConvertedFlag | undefined {
  const { notes } = conversion;
  const path: Path = ['flags', key];
  const salt = `${key}.${definition.salt}`;
  const off = variations.variant(definition.offVariation);
  if (off !== undefined) notes.carry('off variation');
  const disabled = definition.on ? undefined : { enabled: false, ...(off !== undefined && { whenDisabled: off }) };
  notes.carry(definition.on ? 'flag on' : 'flag off');
  const common = { ...disabled, bucketing: 'launchdarkly-1', salt, variants: variations.values } as const;
  const offError = definition.offVariation !== undefined && off === undefined;
  if (parents.unmet) return { flag: { ...common, control: off ?? null }, mayError: offError || parents.mayError };

  const targeted = convertTargets(definition, path, variations, conversion);
  const last = convertServing(
    definition.fallthrough,
    'fallthrough',
    [...path, 'fallthrough'],
    { salt, variations },
    conversion,
  );
  if (targeted === undefined || last === undefined) return undefined;
  const rules = convertRules(definition, path, { salt, variations }, conversion);
  const steps = reachable([...targeted.steps, ...rules, ...last]);
  const errors = steps.some(({ outcome }) => outcome === 'default');
  const asked = Object.keys(parents.prerequisites).length > 0;
  if (errors) notes.carry('error as default');
  if (errors && asked && off !== undefined) {
    notes.note(
      'error-behind-prerequisites',
      path,
      'has parts that LaunchDarkly answers with an error, so the caller’s default: whoever gets to them gets the off variation; mend those parts',
    );
  }
  // Control is only served where a prerequisite is not met; where nothing is asked, it can stand for the caller's default.
  const control = errors && !asked ? null : (off ?? null);
  const flag: Flag = {
    ...common,
    ...(asked && { prerequisites: parents.prerequisites as Prerequisites }),
    ...(Object.keys(targeted.targets).length > 0 && { targets: targeted.targets }),
    control,
    ...written(steps, control, Object.keys(variations.values)[0] as string),
  };
  return { flag, mayError: offError || (definition.on && (errors || parents.mayError)) };
}

function convertRules(
  { rules }: FlagDefinition,
  path: Path,
  flag: { readonly salt: string; readonly variations: Variations },
  conversion: Conversion,
): readonly Step[] {
  return rules.flatMap((rule, index) => {
    const at = [...path, 'rules', index];
    const matching = convertClauses(rule.clauses, at, conversion);
    if (matching === undefined || matching.when === false) return [];
    if (matching.error) return [{ when: matching.when, outcome: 'default' as const }];
    const served = convertServing(rule, 'rule', at, flag, conversion);
    if (served === undefined) return [];
    conversion.notes.carry(rule.clauses?.length === 0 ? 'rule without conditions' : 'rule');
    return served.map(({ when, outcome }) => ({ when: together([matching.when, when]), outcome }));
  });
}

/** Up to the first that decides for everybody. */
function reachable(steps: readonly Step[]): readonly Step[] {
  const possible = steps.filter(({ when }) => when !== false);
  const end = possible.findIndex(({ when }) => when === true);
  return end < 0 ? possible : possible.slice(0, end + 1);
}

function written(
  steps: readonly Step[],
  control: string | null,
  variant: string,
): { readonly rules?: readonly Rule[]; readonly rollout?: Rollout } {
  const conditional = steps.filter((step): step is Step & { readonly when: Condition } => isCondition(step.when));
  const rules = conditional.map(({ when, outcome }): Rule => ({ when, ...ruleOf(outcome, control, variant) }));
  const last = steps.find(({ when }) => when === true)?.outcome ?? 'default';
  const rollout = flagRollout(last, control);
  return { ...(rules.length > 0 && { rules }), ...(rollout !== undefined && { rollout }) };
}

const isCondition = (decision: Decision): decision is Condition => typeof decision !== 'boolean';

function ruleOf(
  outcome: Outcome,
  control: string | null,
  variant: string,
): Pick<Rule, 'serve'> | Pick<Rule, 'rollout'> {
  if (outcome !== 'default') return outcome;
  if (control !== null) return { serve: control };
  // Nobody enters, so everybody gets the caller's default.
  return { rollout: { percentage: 0, bucketing: 'sluice-1', serve: variant } };
}

/** None where it would give what control is anyway. */
function flagRollout(outcome: Outcome, control: string | null): Rollout | undefined {
  if (outcome === 'default') return undefined;
  if ('rollout' in outcome) return outcome.rollout;
  return outcome.serve === control ? undefined : { percentage: 100, serve: outcome.serve };
}
