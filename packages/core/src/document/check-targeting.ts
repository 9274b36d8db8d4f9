import { isObject } from '../json.ts';
import { checkName, type Names } from './check-names.ts';
import type { Flag, Prerequisites } from './flag.ts';
import type { Path } from './problem.ts';
import { describe, notAmong, type Review } from './review.ts';
import { variantsOf } from './variants.ts';

/** Checks who is targeted before any rule is tried, and who is kept out. */
export function checkTargeting(
  flag: Partial<Flag>,
  path: Path,
  variants: readonly string[] | undefined,
  names: Names,
  review: Review,
): void {
  const { prerequisites, targets, layer, holdout } = flag;
  checkPrerequisites(prerequisites, [...path, 'prerequisites'], names.flags, review);
  if (targets !== undefined) checkTargets(targets, [...path, 'targets'], variants, review);
  if (holdout !== undefined) {
    checkName('holdout', holdout, [...path, 'holdout'], Object.keys(names.holdouts), review);
  }
  if (layer === undefined) return;
  checkName('layer', layer.name, [...path, 'layer', 'name'], Object.keys(names.layers), review);
  const { slots } = review.sound(names.layers[layer.name], ['layers', layer.name]);
  const [from, below] = layer.slots;
  if (from >= below) review.refuseReference([...path, 'layer', 'slots'], 'takes no slot: the second has to be larger');
  else if (slots !== undefined && below > slots) {
    review.refuseReference([...path, 'layer', 'slots'], `goes to slot ${below}, and the layer has ${slots}`);
  }
}

export function checkPrerequisites(
  prerequisites: Prerequisites | undefined,
  path: Path,
  flags: Readonly<Record<string, Flag>>,
  review: Review,
): void {
  for (const [key, wanted] of Object.entries(prerequisites ?? {})) {
    if (!Object.hasOwn(flags, key)) {
      review.refuseReference([...path, key], notAmong(key, 'flag', Object.keys(flags)));
      continue;
    }
    const sound = review.sound(flags[key], ['flags', key]);
    if (sound.variants === undefined && isObject(flags[key]) && Object.hasOwn(flags[key], 'variants')) continue;
    const variants = Object.keys(variantsOf(sound));
    for (const [index, variant] of wanted.entries()) {
      if (!variants.includes(variant)) {
        review.refuseReference([...path, key, index], notAmong(variant, `variant of ${key}`, variants));
      }
    }
  }
}

function checkTargets(
  targets: NonNullable<Flag['targets']>,
  path: Path,
  variants: readonly string[] | undefined,
  review: Review,
): void {
  const given = new Map<string, string>();
  for (const [variant, units] of Object.entries(targets)) {
    checkName('variant', variant, [...path, variant], variants, review);
    for (let index = 0; index < units.length; index++) {
      const unit = String(units[index]);
      const earlier = given.get(unit);
      if (earlier === undefined) given.set(unit, variant);
      else if (earlier !== variant) {
        review.refuseReference([...path, variant, index], `${describe(unit)} is a target of ${earlier} too; keep one`);
      }
    }
  }
}

/** Refuses flags that share a slot of their layer: a unit there would be in both. */
export function checkLayers(flags: Readonly<Record<string, Flag>>, review: Review): void {
  const taken = new Map<string, { readonly key: string; readonly from: number; readonly below: number }[]>();
  for (const [key, flag] of Object.entries(flags)) {
    const { layer } = review.sound(flag, ['flags', key]);
    if (layer === undefined) continue;
    const [from, below] = layer.slots;
    const others = taken.get(layer.name) ?? [];
    const shared = others.find((other) => from < other.below && other.from < below);
    if (shared !== undefined) {
      review.refuseReference(
        ['flags', key, 'layer', 'slots'],
        `shares slots of ${layer.name} with ${shared.key}, which has ${shared.from} to ${shared.below}; a unit would be in both`,
      );
    }
    taken.set(layer.name, [...others, { key, from, below }]);
  }
}
