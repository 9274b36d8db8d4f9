import type { Path } from '../document/problem.ts';
import { describe, type Reader } from '../document/review.ts';
import { isObject } from '../json.ts';
import { listOf, string } from './members.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** What other languages call the types. */
const MEANT: Readonly<Record<string, string>> = {
  bool: 'boolean',
  dict: 'object',
  double: 'number',
  float: 'number',
  int: 'integer',
  list: 'array',
  map: 'object',
  str: 'string',
  text: 'string',
};

const typeName: Reader = (value, path, review) => {
  if (TYPES.includes(value as string)) return;
  const mend = Object.hasOwn(MEANT, String(value)) ? `; write ${MEANT[String(value)]}` : '';
  review.refuseReference(path, `has to be one of ${TYPES.join(', ')}, not ${describe(value)}${mend}`);
};

const type: Reader = (value, path, review) => {
  if (!Array.isArray(value)) return typeName(value, path, review);
  if (value.length === 0) review.refuseReference(path, 'needs at least one type');
  for (const [index, entry] of value.entries()) typeName(entry, [...path, index], review);
};

const count: Reader = (value, path, review) => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return;
  review.refuseReference(path, `has to be a whole number of at least 0, not ${describe(value)}`);
};

const number: Reader = (value, path, review) => {
  if (typeof value === 'number') return;
  const mend = typeof value === 'boolean' ? '; write the limit itself' : '';
  review.refuseReference(path, `has to be a number, not ${describe(value)}${mend}`);
};

const multiple: Reader = (value, path, review) => {
  if (typeof value === 'number' && value > 0) return;
  review.refuseReference(path, `has to be a number above 0, not ${describe(value)}`);
};

const yesOrNo: Reader = (value, path, review) => {
  if (typeof value !== 'boolean') review.refuseReference(path, `has to be true or false, not ${describe(value)}`);
};

const names = listOf(string, 'write the names as a list');

const required: Reader = (value, path, review) => {
  if (typeof value !== 'boolean') return names(value, path, review);
  review.refuseReference(path, 'is a list of names, which stands in the object that has them: required: [name]');
};

const values: Reader = (value, path, review) => {
  if (Array.isArray(value) && value.length > 0) return;
  review.refuseReference(path, `has to be a list of at least one value, not ${describe(value)}`);
};

export const pattern: Reader = (value, path, review) => {
  if (typeof value !== 'string') return string(value, path, review);
  try {
    new RegExp(value, 'u');
  } catch (error) {
    review.refuseReference(path, `is no regular expression of JavaScript: ${(error as Error).message}`);
  }
};

const dependentRequired: Reader = (value, path, review) => {
  if (!isObject(value)) return review.refuseReference(path, `has to be an object, not ${describe(value)}`);
  for (const [key, entry] of Object.entries(value)) names(entry, [...path, key], review);
};

const gone =
  (mend: string): Reader =>
  (_value, path, review) =>
    review.refuseReference(path, `is not read here; ${mend}`);

/** Keywords that hold no schema. What is neither here nor below means nothing, as JSON Schema wants it. */
export const plainKeywords: Readonly<Record<string, Reader>> = {
  type,
  enum: values,
  required,
  dependentRequired,
  pattern,
  format: string,
  $ref: string,
  $anchor: string,
  uniqueItems: yesOrNo,
  multipleOf: multiple,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  minContains: count,
  maxContains: count,
  minProperties: count,
  maxProperties: count,
  // They would be passed over in silence by draft 2020-12, or by the library that applies it.
  additionalItems: gone('write prefixItems, and items for the rest'),
  dependencies: gone('write dependentRequired or dependentSchemas'),
  $recursiveRef: gone('write $ref'),
  $dynamicRef: gone('write $ref'),
};

/** Keywords that hold schemas, and whether those are about the same value or about a part of it. */
export const schemaKeywords: Readonly<Record<string, { holds: 'one' | 'list' | 'map'; same: boolean }>> = {
  allOf: { holds: 'list', same: true },
  anyOf: { holds: 'list', same: true },
  oneOf: { holds: 'list', same: true },
  not: { holds: 'one', same: true },
  if: { holds: 'one', same: true },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of that name
  then: { holds: 'one', same: true },
  else: { holds: 'one', same: true },
  dependentSchemas: { holds: 'map', same: true },
  properties: { holds: 'map', same: false },
  patternProperties: { holds: 'map', same: false },
  additionalProperties: { holds: 'one', same: false },
  unevaluatedProperties: { holds: 'one', same: false },
  propertyNames: { holds: 'one', same: false },
  prefixItems: { holds: 'list', same: false },
  items: { holds: 'one', same: false },
  unevaluatedItems: { holds: 'one', same: false },
  contains: { holds: 'one', same: false },
  $defs: { holds: 'map', same: false },
  definitions: { holds: 'map', same: false },
};

export interface Subschema {
  readonly schema: unknown;
  /** Within the schema that holds it. */
  readonly path: Path;
  /** Whether it is about the same value as that schema. */
  readonly same: boolean;
}

export function subschemasOf(schema: Readonly<Record<string, unknown>>): readonly Subschema[] {
  const found: Subschema[] = [];
  for (const keyword of Object.keys(schema)) {
    const held = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : undefined;
    const value = schema[keyword];
    if (held === undefined) continue;
    const { holds, same } = held;
    if (holds === 'one') found.push({ schema: value, path: [keyword], same });
    else if (holds === 'list' && Array.isArray(value)) {
      for (const [index, each] of value.entries()) found.push({ schema: each, path: [keyword, index], same });
    } else if (holds === 'map' && isObject(value)) {
      for (const key of Object.keys(value)) found.push({ schema: value[key], path: [keyword, key], same });
    }
  }
  return found;
}
