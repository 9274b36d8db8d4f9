import { type JsonValue, valueTypeOf } from '@sluice/core';
import { freeName } from '../free-name.ts';
import type { Variant, VariantList } from './read-variants.ts';
import { type Feature, quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** The variants of all lists of a feature, as one flag declares them. */
export interface VariantTable {
  readonly values: Readonly<Record<string, JsonValue>>;
  /** The names in the document of what Unleash calls by one name. */
  readonly namesOf: ReadonlyMap<string, readonly string[]>;
  nameOf(variant: Variant): string;
}

/**
 * `undefined` where the payloads are of several types, which is noted. A variant without a payload has its name for a value
 * among texts, because its name is what such an application reads, and `{}` among objects.
 */
export function tabulate(
  feature: Feature,
  lists: readonly VariantList[],
  noting: UnleashNoting,
): VariantTable | undefined {
  const variants = lists.flatMap((list) => list.variants);
  const empty = variants.filter(({ payload }) => payload.value === undefined);
  const types = new Set(
    variants.flatMap(({ payload }) => (payload.value === undefined ? [] : [valueTypeOf(payload.value)])),
  );
  const [type = 'string'] = types;
  if (types.size > 1 || (empty.length > 0 && type !== 'string' && type !== 'object')) {
    const found = [...types, ...(empty.length > 0 ? ['none'] : [])].join(', ');
    const message = `has payloads of several types (${found}); only whether it is enabled is carried, as ${quote(`${feature.name}.enabled`)}`;
    noting.note('mixed-payloads', feature.path, message);
    return undefined;
  }
  for (const { name, path } of empty) {
    const value = type === 'string' ? quote(name) : '{}';
    noting.note('variant-without-payload', path, `has no payload, for which the value here is ${value}`);
  }
  return tableOf(variants, type === 'string' ? ({ name }) => name : () => ({}), noting);
}

function tableOf(
  variants: readonly Variant[],
  fallback: (variant: Variant) => JsonValue,
  noting: UnleashNoting,
): VariantTable {
  const written = new Set(variants.map(({ name }) => name));
  const values = new Map<string, JsonValue>();
  const names = new Map<Variant, string>();
  const namesOf = new Map<string, string[]>();
  for (const variant of variants) {
    const value = variant.payload.value ?? fallback(variant);
    const printed = JSON.stringify(value);
    const own = namesOf.get(variant.name) ?? [];
    namesOf.set(variant.name, own);
    let name = own.find((each) => JSON.stringify(values.get(each)) === printed);
    if (name === undefined) {
      const isTaken = (each: string): boolean => written.has(each) || values.has(each);
      name = own.length === 0 ? variant.name : freeName(variant.name, isTaken);
      own.push(name);
      values.set(name, value);
      if (name !== variant.name) {
        const message = `has another payload than an earlier variant of its name, so it is called ${quote(name)} here`;
        noting.note('variant-renamed', variant.path, message);
      }
    }
    names.set(variant, name);
  }
  return {
    values: Object.fromEntries(values),
    namesOf,
    nameOf: (variant) => names.get(variant) ?? variant.name,
  };
}
