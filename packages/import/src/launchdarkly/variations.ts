import { type JsonValue, type Path, valueTypeOf } from '@sluice/core';
import type { FlagDefinition } from './definitions.ts';
import type { Construct, LaunchdarklyNoting } from './launchdarkly-report.ts';

/** Variants of a flag, named as LaunchDarkly's OpenFeature provider names them: by their place. */
export interface Variations {
  readonly values: Readonly<Record<string, JsonValue>>;
  /** The variant at a place; `undefined` where LaunchDarkly answers an error or null, and so the caller's default. */
  variant(index: number | undefined): string | undefined;
}

/** `undefined` where a document cannot hold them, which the report then says. */
export function convertVariations(
  { variations }: FlagDefinition,
  path: Path,
  notes: LaunchdarklyNoting,
): Variations | undefined {
  const at = [...path, 'variations'];
  const present = variations.flatMap((value, index) => (value === null ? [] : [[String(index), value] as const]));
  const [first] = present;
  if (first === undefined) {
    notes.note('no-variations', at, 'holds no value, so LaunchDarkly can only answer the caller’s default');
    return undefined;
  }
  const type = valueTypeOf(first[1]);
  if (present.some(([, value]) => valueTypeOf(value) !== type)) {
    notes.note('mixed-types', at, 'are of several types, and variants of one flag have one; make it a flag a type');
    return undefined;
  }
  if (present.length < variations.length) {
    notes.note(
      'null-variation',
      at,
      'holds null, for which callers get their own default in both; give it a value to name it',
    );
  }
  notes.carry(`${type} variation` as Construct);
  const values = Object.fromEntries(present) as Record<string, JsonValue>;
  return {
    values,
    variant: (index) => (index !== undefined && Object.hasOwn(values, String(index)) ? String(index) : undefined),
  };
}
