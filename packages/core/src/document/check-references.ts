import { ruleName } from '../bucketing/stage.ts';
import { isObject } from '../json.ts';
import { checkSegments } from './check-segments.ts';
import type { Condition } from './condition.ts';
import type { Document } from './document.ts';
import type { Flag, Rule } from './flag.ts';
import type { Path } from './problem.ts';
import { describe, notAmong, type Review } from './review.ts';
import type { Rollout } from './rollout.ts';
import { segmentsIn } from './segments.ts';
import { controlOf, valueTypeOf, variantsOf } from './variants.ts';

/** What may be named. */
interface Names {
  readonly switch: readonly string[];
  readonly segment: readonly string[];
  /** Absent where the variants themselves were refused: any complaint about a name would be about the wrong thing. */
  readonly variant?: readonly string[];
}

/**
 * Checks what only the whole document can tell: that every name exists, that types agree, that nothing holds itself. Of a
 * document that was refused already it checks what is sound, so that an author sees all problems at once.
 */
export function checkReferences(document: Document, review: Review): void {
  const segments = membersOf(document, 'segments');
  const names = { switch: Object.keys(membersOf(document, 'switches')), segment: Object.keys(segments) };
  const conditions = new Map<string, Condition>();
  for (const [name, segment] of Object.entries(segments)) {
    const { when } = review.sound(segment, ['segments', name]);
    if (when === undefined) continue;
    conditions.set(name, when);
    checkCondition(when, ['segments', name, 'when'], names, review);
  }
  checkSegments(conditions, review);
  for (const [key, flag] of Object.entries(membersOf(document, 'flags'))) {
    if (names.switch.includes(key)) {
      review.refuseReference(['flags', key], 'has the name of a switch; both resolve by name, so rename one');
    }
    if (isObject(flag)) checkFlag(flag, ['flags', key], names, review);
  }
}

function membersOf<Key extends 'flags' | 'segments' | 'switches'>(
  document: Document,
  key: Key,
): NonNullable<Document[Key]> {
  const members = isObject(document) ? document[key] : undefined;
  return isObject(members) ? members : {};
}

function checkFlag(flag: Flag, path: Path, declared: Names, review: Review): void {
  const sound = review.sound(flag, path);
  const known = sound.variants !== undefined || !Object.hasOwn(flag, 'variants');
  const names = known ? { ...declared, variant: Object.keys(variantsOf(sound)) } : declared;
  checkName('variant', sound.control ?? undefined, [...path, 'control'], names, review);
  if (sound.variants !== undefined) checkTypes(sound, path, review);
  for (const [index, name] of (sound.requires ?? []).entries()) {
    checkName('switch', name, [...path, 'requires', index], names, review);
  }
  if (Array.isArray(flag.rules)) checkRules(flag.rules, path, sound, names, review);
  checkRollout(flag.rollout, [...path, 'rollout'], sound, names, review);
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

function checkRules(rules: readonly Rule[], path: Path, flag: Partial<Flag>, names: Names, review: Review): void {
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    if (!isObject(rule)) continue;
    const at = [...path, 'rules', index];
    const { when, serve } = review.sound(rule as Rule, at);
    if (when !== undefined) checkCondition(when, [...at, 'when'], names, review);
    checkName('variant', serve, [...at, 'serve'], names, review);
    checkRollout((rule as Rule).rollout, [...at, 'rollout'], flag, names, review);
    // A rule's name is part of its stage, so two rules of one name would be measured as one.
    const name = ruleName(rule as Rule, index);
    if (seen.has(name)) {
      review.refuseReference([...at, 'name'], `${describe(name)} is the name of an earlier rule too; rename one`);
    }
    seen.add(name);
  }
}

function checkRollout(
  rollout: Rollout | undefined,
  path: Path,
  flag: Partial<Flag>,
  names: Names,
  review: Review,
): void {
  const { serve, split } = review.sound(rollout, path);
  checkName('variant', serve, [...path, 'serve'], names, review);
  for (const name of Object.keys(split ?? {})) checkName('variant', name, [...path, 'split', name], names, review);
  if (serve !== undefined && serve === controlOf(flag)) {
    review.warn([...path, 'serve'], 'is control, which everybody else gets as well, so the rollout changes nothing');
  }
}

function checkCondition(condition: Condition, path: Path, names: Names, review: Review): void {
  for (const [name, at] of segmentsIn(condition, path)) checkName('segment', name, at, names, review);
}

function checkName(what: keyof Names, name: string | undefined, path: Path, names: Names, review: Review): void {
  const known = names[what];
  if (name === undefined || known === undefined || known.includes(name)) return;
  review.refuseReference(path, notAmong(name, what, known));
}
