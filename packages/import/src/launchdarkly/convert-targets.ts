import type { Path } from '@sluice/core';
import { ofKind } from './context-kind.ts';
import type { Conversion } from './conversion.ts';
import type { Step } from './convert-serving.ts';
import type { FlagDefinition, Target } from './definitions.ts';
import type { Variations } from './variations.ts';

/** Whom a flag names: as the document's own targets where that is enough, else as steps before all rules. */
export interface Targets {
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly steps: readonly Step[];
}

export function convertTargets(
  flag: FlagDefinition,
  path: Path,
  variations: Variations,
  { kinds, notes }: Conversion,
): Targets | undefined {
  const targets = new Map<string, string[]>();
  const steps: Step[] = [];
  const named = new Set<string>();
  for (const { contextKind, values, variation } of inOrder(flag)) {
    const forms = kinds.forms(contextKind);
    if (forms === undefined) {
      notes.note(
        'kind-name',
        path,
        `has targets of ${contextKind}, and a document reads a dot as a path; name the kind without`,
      );
      return undefined;
    }
    // The first that names a unit wins.
    const units = kinds.usersOnly ? values.filter((each) => !named.has(each)) : values;
    if (units.length === 0) continue;
    notes.carry((contextKind ?? 'user') === 'user' ? 'target' : 'context target');
    const variant = variations.variant(variation);
    if (kinds.usersOnly && variant !== undefined) {
      targets.set(variant, [...(targets.get(variant) ?? []), ...new Set(units)]);
    } else {
      const when = ofKind(forms, ({ prefix }) => ({ [`${prefix}targetingKey`]: [...units] }));
      steps.push({ when, outcome: variant === undefined ? 'default' : { serve: variant } });
    }
    for (const unit of units) named.add(unit);
  }
  return { targets: Object.fromEntries(targets), steps };
}

/**
 * Where there are targets of other kinds, they alone say in which order: one of users stands for the users' own first target
 * of the same variation, and users' targets that none stands for are passed over.
 */
function* inOrder({ targets, contextTargets }: FlagDefinition): Iterable<Target> {
  if (contextTargets.length === 0) return yield* targets;
  for (const target of contextTargets) {
    if (target.contextKind && target.contextKind !== 'user') yield target;
    else yield* targets.filter(({ variation }) => variation === target.variation).slice(0, 1);
  }
}
