import type { JsonObject, JsonValue } from '@sluice/core';
import { literalType } from './payload-type.ts';
import { sorted, type TypeText, unionOf } from './type-text.ts';

/** Keywords that narrow a value in ways that a type cannot say, or say nothing about it. */
const WITHOUT_TYPE = new Set(
  [
    ['$schema', '$id', '$comment', '$defs', 'title', 'description', 'default', 'examples', 'deprecated'],
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
    ['minLength', 'maxLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems'],
    ['minProperties', 'maxProperties', 'propertyNames', 'dependentRequired'],
  ].flat(),
);

const WITH_TYPE = new Set(['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items']);

/** The type of what a simple schema allows; `undefined` where it is not simple, and the payloads say more. */
export function typeOfSchema(schema: JsonValue | undefined): TypeText | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined;
  const simple = schema as JsonObject;
  if (!Object.keys(simple).every((keyword) => WITH_TYPE.has(keyword) || WITHOUT_TYPE.has(keyword))) return undefined;
  if (Object.hasOwn(simple, 'const')) return typeOfChoices([simple['const'] ?? null]);
  if (Array.isArray(simple['enum'])) return typeOfChoices(simple['enum'] as JsonValue[]);
  const names = Array.isArray(simple['type']) ? simple['type'] : [simple['type']];
  const types: TypeText[] = [];
  for (const name of names) {
    const type = typeOfName(name, simple);
    if (type === undefined) return undefined;
    types.push(type);
  }
  return unionOf(types);
}

function typeOfChoices(choices: readonly JsonValue[]): TypeText | undefined {
  if (choices.some((each) => typeof each === 'object' && each !== null)) return undefined;
  return unionOf(choices.map((each) => literalType(each as string | number | boolean | null)));
}

function typeOfName(name: unknown, schema: JsonObject): TypeText | undefined {
  if (name === 'string' || name === 'number' || name === 'boolean' || name === 'null') return { text: name };
  if (name === 'integer') return { text: 'number' };
  if (name === 'array') {
    const item = typeOfSchema(schema['items']);
    return item && { item };
  }
  return name === 'object' ? typeOfObject(schema) : undefined;
}

function typeOfObject(schema: JsonObject): TypeText | undefined {
  const more = schema['additionalProperties'];
  if (more !== undefined && typeof more !== 'boolean') return undefined;
  const properties = (schema['properties'] ?? {}) as JsonObject;
  const required = (schema['required'] ?? []) as readonly string[];
  const members = [];
  for (const name of sorted(new Set([...Object.keys(properties), ...required]))) {
    const type = Object.hasOwn(properties, name) ? typeOfSchema(properties[name]) : { text: 'JsonValue' };
    if (type === undefined) return undefined;
    members.push({ name, type, optional: !required.includes(name) });
  }
  return { members };
}
