import { ruleName } from '../bucketing/stage.ts';
import { isObject } from '../json.ts';
import { checkPayloads } from '../payload/check-payloads.ts';
import { checkCondition, checkName, type Names } from './check-names.ts';
import { checkRollout } from './check-rollout.ts';
import { checkPrerequisites, checkTargeting } from './check-targeting.ts';
import type { Flag, Rule } from './flag.ts';
import type { Path } from './problem.ts';
import { describe, type Review } from './review.ts';
import { valueTypeOf, variantsOf } from './variants.ts';

export function checkFlag(flag: Flag, path: Path, names: Names, review: Review): void {
  const sound = review.sound(flag, path);
  const known = sound.variants !== undefined || !Object.hasOwn(flag, 'variants');
  const variants = known ? Object.keys(variantsOf(sound)) : undefined;
  checkName('variant', sound.control ?? undefined, [...path, 'control'], variants, review);
  checkName('variant', sound.whenDisabled, [...path, 'whenDisabled'], variants, review);
  if (sound.variants !== undefined) checkTypes(sound, path, review);
  checkPayloads(flag, path, review);
  for (const [index, name] of (sound.requires ?? []).entries()) {
    checkName('switch', name, [...path, 'requires', index], names.switches, review);
  }
  checkTargeting(sound, path, variants, names, review);
  if (Array.isArray(flag.rules)) checkRules(flag.rules, path, sound, variants, names, review);
  checkRollout(flag.rollout, [...path, 'rollout'], sound, variants, review);
  const unguarded = Object.hasOwn(flag, 'requires') ? sound.requires?.length === 0 : true;
  if (sound.kind !== undefined && sound.kind !== 'release' && unguarded) {
    review.warn(path, `is of kind ${sound.kind} and requires no switch, so nothing can turn it off at once`);
  }
  if (flag.ramp !== undefined && flag.rollout === undefined) {
    review.warn([...path, 'ramp'], 'has no rollout to open, so it never runs');
  }
}

function checkTypes(flag: Partial<Flag>, path: Path, review: Review): void {
  const variants = Object.entries(variantsOf(flag));
  const [first] = variants;
  const control = variants.find(([name]) => name === flag.control) ?? first;
  const type = valueTypeOf(control?.[1]);
  for (const [name, value] of variants) {
    if (valueTypeOf(value) === type) continue;
    review.refuseReference(
      [...path, 'variants', name],
      `is of type ${valueTypeOf(value)}, and ${control?.[0]} is of type ${type}; variants of one flag have one type`,
    );
  }
}

function checkRules(
  rules: readonly Rule[],
  path: Path,
  flag: Partial<Flag>,
  variants: readonly string[] | undefined,
  names: Names,
  review: Review,
): void {
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    if (!isObject(rule)) continue;
    const at = [...path, 'rules', index];
    const { when, serve, prerequisites } = review.sound(rule as Rule, at);
    if (when !== undefined) checkCondition(when, [...at, 'when'], names, review);
    checkPrerequisites(prerequisites, [...at, 'prerequisites'], names.flags, review);
    checkName('variant', serve, [...at, 'serve'], variants, review);
    checkRollout((rule as Rule).rollout, [...at, 'rollout'], flag, variants, review);
    // A rule's name is part of its stage, so two rules of one name would be measured as one.
    const name = ruleName(rule as Rule, index);
    if (seen.has(name)) {
      review.refuseReference([...at, 'name'], `${describe(name)} is the name of an earlier rule too; rename one`);
    }
    seen.add(name);
  }
}
