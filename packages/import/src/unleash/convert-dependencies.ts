import type { Path } from '@sluice/core';
import { placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import type { ConvertedFeature } from './convert-feature.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** What a feature's parents must serve: by flag the variants; or that they never do; or that it cannot be carried. */
type Dependencies = Readonly<Record<string, readonly string[]>> | 'never' | 'lost';

/** A parent's part in it. */
type Asked = { readonly flag: string; readonly variants: readonly string[] } | 'met' | 'never' | 'lost';

/** The features that are carried by name, and the key of the boolean flag of each; none where it has none. */
export interface Parents {
  /** Those that are there, carried or not. */
  readonly names: ReadonlySet<string>;
  readonly features: ReadonlyMap<string, ConvertedFeature>;
  readonly enabledKeys: ReadonlyMap<string, string>;
}

/** Variants that Unleash calls so are none: the feature is enabled and has none to give. */
const DISABLED = 'disabled';

export function convertDependencies(child: ConvertedFeature, parents: Parents, noting: UnleashNoting): Dependencies {
  const prerequisites = new Map<string, readonly string[]>();
  for (const { value, path } of child.feature.dependencies) {
    const asked = isRecord(value) ? convertDependency(value, path, parents, noting) : malformed(path, noting);
    if (asked === 'never' || asked === 'lost') return asked;
    if (asked === 'met') continue;
    const earlier = prerequisites.get(asked.flag);
    const both = asked.variants.filter((variant) => earlier === undefined || earlier.includes(variant));
    if (both.length === 0) return never(path, 'asks its parent for what another dependency excludes', noting);
    prerequisites.set(asked.flag, both);
  }
  return Object.fromEntries(prerequisites);
}

function convertDependency(
  dependency: Readonly<Record<string, unknown>>,
  path: Path,
  parents: Parents,
  noting: UnleashNoting,
): Asked {
  const { feature: name, variants } = dependency;
  if (typeof name !== 'string') return malformed(path, noting);
  const parent = parents.features.get(name);
  if (parent === undefined) {
    return parents.names.has(name)
      ? lost(path, name, noting)
      : never(path, `depends on ${quote(name)}, which is not there`, noting);
  }
  if (parent.feature.dependencies.length > 0) {
    return never(path, `depends on ${quote(name)}, which itself depends on others`, noting);
  }
  const on = dependency['enabled'] !== false;
  noting.carry(on ? 'dependency enabled' : 'dependency disabled');
  // A flag that is disabled meets nothing here, so what that means for its children is decided now.
  if (!parent.feature.enabled) return on ? never(path, `depends on ${quote(name)}, which is disabled`, noting) : 'met';
  const names = placed(variants, []).map(({ value }) => value);
  if (on && names.length > 0) {
    noting.carry('dependency variants');
    const asked = askedVariants(names, parent, path, noting);
    if (asked !== 'enabled') return asked;
  }
  const flag = parents.enabledKeys.get(name);
  return flag === undefined ? lost(path, name, noting) : { flag, variants: [on ? 'on' : 'off'] };
}

/** `enabled`: that the parent is enabled says it all. */
function askedVariants(
  names: readonly unknown[],
  { feature, variants }: ConvertedFeature,
  path: Path,
  noting: UnleashNoting,
): Asked | 'enabled' {
  if (variants === 'lost') return lost(path, feature.name, noting);
  const nothing = names.includes(DISABLED);
  if (variants === 'none') {
    return nothing ? 'enabled' : never(path, `asks ${quote(feature.name)} for variants, and it has none`, noting);
  }
  if (nothing && variants.leavesSomeWithout) {
    const message = `asks that ${quote(feature.name)} be enabled without a variant, which no flag tells; the feature is left out`;
    noting.note('dependency-lost', path, message);
    return 'lost';
  }
  const asked = names.flatMap((name) => (typeof name === 'string' ? (variants.namesOf.get(name) ?? []) : []));
  if (asked.length === 0) return never(path, `asks ${quote(feature.name)} for variants that it does not have`, noting);
  return { flag: feature.name, variants: [...new Set(asked)] };
}

function never(path: Path, message: string, noting: UnleashNoting): 'never' {
  noting.note('dependency-never-met', path, `${message}: the feature is off for everybody, as in Unleash`);
  return 'never';
}

function lost(path: Path, parent: string, noting: UnleashNoting): 'lost' {
  noting.note(
    'dependency-lost',
    path,
    `depends on what could not be carried of ${quote(parent)}; the feature is left out`,
  );
  return 'lost';
}

function malformed(path: Path, noting: UnleashNoting): 'lost' {
  noting.note('malformed', path, 'is no dependency on a feature; the feature is left out');
  return 'lost';
}
