import type { ValueType } from '../evaluation/evaluation.ts';
import type { JsonValue } from '../json.ts';
import type { Flag } from './flag.ts';

/** A flag without variants is a boolean one, and off is safe. */
const booleanVariants: Readonly<Record<string, JsonValue>> = Object.freeze({ on: true, off: false });

export function variantsOf(flag: Pick<Flag, 'variants'>): Readonly<Record<string, JsonValue>> {
  return flag.variants ?? booleanVariants;
}

/** `null`: the caller's own default. */
export function controlOf(flag: Pick<Flag, 'control'>): string | null {
  return flag.control === undefined ? 'off' : flag.control;
}

/** OpenFeature's type of a value; `undefined` for `null`, which no typed evaluation can answer with. */
export function valueTypeOf(value: unknown): ValueType | undefined {
  const type = typeof value;
  if (type === 'boolean' || type === 'string' || type === 'number') return type;
  return type === 'object' && value !== null ? 'object' : undefined;
}
