import { type JsonValue, valueTypeOf } from '@sluice/core';
import { usableName } from './usable-name.ts';

/**
 * The variants of one feature. A variation keeps the key under which its experiment was measured; a value that is served
 * elsewhere too is the same variant there.
 */
export interface Variants {
  readonly values: Map<string, JsonValue>;
  readonly taken: Set<string>;
  /** Those that rules serve, in order. */
  readonly served: Set<string>;
}

export function noVariants(): Variants {
  return { values: new Map(), taken: new Set(), served: new Set() };
}

/** The variant of an experiment's variation: by its key if that is free, else with the experiment's before it. */
export function nameVariation(variants: Variants, key: string, experiment: string, value: JsonValue): string {
  const print = JSON.stringify(value);
  for (const wanted of [key, `${experiment}-${key}`]) {
    const known = variants.values.get(wanted);
    if (known !== undefined && JSON.stringify(known) === print) return wanted;
    if (known === undefined) return add(variants, wanted, value);
  }
  return add(variants, `${experiment}-${key}`, value);
}

/** The variant of a value that no experiment measures. */
export function nameValue(variants: Variants, value: JsonValue, otherwise: string): string {
  const print = JSON.stringify(value);
  for (const [name, known] of variants.values) if (JSON.stringify(known) === print) return name;
  if (typeof value === 'boolean') return add(variants, value ? 'on' : 'off', value);
  const readable = typeof value === 'number' || (typeof value === 'string' && value.length <= 40);
  return add(variants, readable ? String(value) : otherwise, value);
}

function add(variants: Variants, wanted: string, value: JsonValue): string {
  const name = usableName(wanted, 'variant', variants.taken);
  variants.values.set(name, value);
  return name;
}

/** The types of what is served. */
export function servedTypes({ values, served }: Variants): ReadonlySet<string | undefined> {
  return new Set([...served].map((name) => valueTypeOf(values.get(name))));
}

/** As a document holds them; `undefined` where they are on and off, which need no words. */
export function servedVariants({ values, served }: Variants): Readonly<Record<string, JsonValue>> | undefined {
  const plain: Readonly<Record<string, JsonValue>> = { on: true, off: false };
  const entries = [...served].map((name): [string, JsonValue] => [name, values.get(name) ?? null]);
  return entries.every(([name, value]) => plain[name] === value) ? undefined : Object.fromEntries(entries);
}
