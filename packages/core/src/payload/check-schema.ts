import type { Path } from '../document/problem.ts';
import { describe, type Review } from '../document/review.ts';
import { isObject } from '../json.ts';
import { pattern, plainKeywords, schemaKeywords, subschemasOf } from './schema-keywords.ts';
import { checkReferenceLoops, type FollowReference, pointerOf, referenceReader } from './schema-references.ts';

const MAX_DEPTH = 64;

/** Every schema within a schema, itself included, with its path from the root. */
type Schemas = Map<Readonly<Record<string, unknown>>, Path>;

/** A JSON Schema, draft 2020-12, in which nothing was refused. */
export interface CheckedSchema {
  readonly schema: Readonly<Record<string, unknown>> | boolean;
  readonly follow: FollowReference;
}

/**
 * Checks a schema itself, so that it can be applied without surprises: every keyword has its shape, every `$ref` leads
 * somewhere within the schema, and none leads back to where it came from.
 */
export function checkSchema(value: unknown, path: Path, review: Review): CheckedSchema | undefined {
  const before = review.problems.length;
  const places = new Map<string, unknown>();
  const schemas: Schemas = new Map();
  readSchema(value, [], { path, review, places, schemas, within: new Set() });
  const follow = referenceReader(places);
  for (const [schema, at] of schemas) {
    const reference = schema['$ref'];
    if (typeof reference !== 'string' || follow(reference) !== undefined) continue;
    const mend = reference.startsWith('#')
      ? 'leads to no schema; a reference such as "#/$defs/name" names one by its path from the top of this schema'
      : 'leads out of this schema, and nothing is fetched; put what it names under $defs and write "#/$defs/name"';
    review.refuseReference([...path, ...at, '$ref'], `${describe(reference)} ${mend}`);
  }
  if (review.problems.length === before) checkReferenceLoops(schemas, follow, path, review);
  if (review.problems.length > before) return undefined;
  return { schema: value as CheckedSchema['schema'], follow };
}

interface Walk {
  /** Where the schema is in the document. */
  readonly path: Path;
  readonly review: Review;
  /** What a reference can lead to. */
  readonly places: Map<string, unknown>;
  readonly schemas: Schemas;
  readonly within: Set<unknown>;
}

function readSchema(value: unknown, at: Path, walk: Walk): void {
  const { path, review, places, schemas, within } = walk;
  const refuse = (message: string, more: Path = []) => review.refuseReference([...path, ...at, ...more], message);
  if (at.length > 2 * MAX_DEPTH || within.has(value)) return refuse(`is nested too deep; make the schema flatter`);
  places.set(pointerOf(at), value);
  if (typeof value === 'boolean') return;
  if (!isObject(value)) {
    const mend = at.at(-1) === 'items' && Array.isArray(value) ? '; for one schema an item write prefixItems' : '';
    return refuse(`has to be a JSON Schema, an object or true or false, not ${describe(value)}${mend}`);
  }
  schemas.set(value, at);
  if (typeof value['$anchor'] === 'string') places.set(`#${value['$anchor']}`, value);
  if (at.length > 0 && Object.hasOwn(value, '$id')) {
    refuse('cannot stand within a schema; leave it out and name the schema by its path', ['$id']);
  }
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(plainKeywords, key)) plainKeywords[key]?.(value[key], [...path, ...at, key], review);
    readShape(key, value[key], refuse);
  }
  for (const key of Object.keys(isObject(value['patternProperties']) ? value['patternProperties'] : {})) {
    pattern(key, [...path, ...at, 'patternProperties', key], review);
  }
  within.add(value);
  for (const each of subschemasOf(value)) readSchema(each.schema, [...at, ...each.path], walk);
  within.delete(value);
}

function readShape(keyword: string, value: unknown, refuse: (message: string, more: Path) => void): void {
  const holds = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword]?.holds : undefined;
  if (holds === 'map' && !isObject(value)) {
    refuse(`has to be an object of schemas by name, not ${describe(value)}`, [keyword]);
  } else if (holds === 'list' && (!Array.isArray(value) || value.length === 0)) {
    refuse(`has to be a list of at least one schema, not ${describe(value)}`, [keyword]);
  }
}
