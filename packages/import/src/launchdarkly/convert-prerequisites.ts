import type { Path } from '@sluice/core';
import type { Conversion } from './conversion.ts';
import type { ConvertedFlag } from './convert-flag.ts';
import type { FlagDefinition } from './definitions.ts';

/** What a flag asks of others. */
export interface Parents {
  readonly prerequisites: Readonly<Record<string, readonly string[]>>;
  /** Whether no context can meet them. */
  readonly unmet: boolean;
  /** Whether LaunchDarkly may answer an error in place of them. */
  readonly mayError: boolean;
}

/** `undefined` where one of them was not carried, which the report then says. */
export function convertPrerequisites(
  { on, prerequisites, offVariation }: FlagDefinition,
  path: Path,
  converted: ReadonlyMap<string, ConvertedFlag>,
  { definitions, notes }: Conversion,
): Parents | undefined {
  const asked = new Map<string, readonly [string]>();
  let unmet = false;
  let mayError = false;
  for (const [index, { key, variation }] of prerequisites.entries()) {
    const at = [...path, 'prerequisites', index];
    const parent = converted.get(key);
    if (parent === undefined && definitions.places.has(`flags/${key}`)) {
      notes.note('prerequisite-lost', at, `${JSON.stringify(key)} was not carried, nor is what asks for it`);
      return undefined;
    }
    if (definitions.flags.get(key)?.variations[variation ?? -1] === null) {
      notes.note(
        'prerequisite-lost',
        at,
        'asks for a variation that is null, which a document cannot name; give it a value',
      );
      return undefined;
    }
    const variant = String(variation);
    const possible = parent !== undefined && Object.hasOwn(parent.flag.variants ?? {}, variant);
    const contradicted = (asked.get(key) ?? [variant])[0] !== variant;
    mayError ||= parent?.mayError === true;
    if (possible && !contradicted) {
      asked.set(key, [variant]);
      notes.carry('prerequisite');
    } else if (!unmet) {
      unmet = true;
      notes.note(
        'prerequisite-unmet',
        at,
        'cannot be met by anybody, so everybody gets the off variation, and what would follow is not carried',
      );
    }
  }
  if (on && mayError && offVariation !== undefined) {
    notes.note(
      'prerequisite-error',
      path,
      'asks for a flag that LaunchDarkly may answer with an error: whoever gets that has the off variation here, and the caller’s default there; mend that flag',
    );
  }
  return { prerequisites: Object.fromEntries(asked), unmet, mayError };
}
