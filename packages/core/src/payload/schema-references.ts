import type { Path } from '../document/problem.ts';
import type { Review } from '../document/review.ts';
import { isObject } from '../json.ts';
import { subschemasOf } from './schema-keywords.ts';

/** The schema that a `$ref` leads to. */
export type FollowReference = (reference: string) => Readonly<Record<string, unknown>> | boolean | undefined;

/** Schemas about one and the same value that lead to one another; a longer chain could fill the stack. */
const MAX_CHAIN = 32;

/** A path within a schema as a `$ref` writes it: `#/$defs/a~1b`. */
export function pointerOf(path: Path): string {
  return `#${path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')}`;
}

/** Follows references to these places, which are named by pointers and anchors. */
export function referenceReader(places: ReadonlyMap<string, unknown>): FollowReference {
  return (reference) => {
    if (!reference.startsWith('#')) return undefined;
    const place = places.get(reference) ?? places.get(decoded(reference));
    return isObject(place) || typeof place === 'boolean' ? place : undefined;
  };
}

/** In a URI's fragment a space is `%20`. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

/**
 * Refuses references that lead back without having gone into the value: whoever applied them would never end. References
 * to a schema from within its properties or items are a tree's, and end where the payload does.
 */
export function checkReferenceLoops(
  schemas: ReadonlyMap<Readonly<Record<string, unknown>>, Path>,
  follow: FollowReference,
  path: Path,
  review: Review,
): void {
  const depths = new Map<unknown, number>();
  const depthOf = (schema: unknown, trail: readonly unknown[]): number => {
    if (!isObject(schema)) return 0;
    const known = depths.get(schema);
    if (known !== undefined) return known;
    if (trail.includes(schema)) return refuse('leads back to itself', trail.slice(trail.indexOf(schema)), schema);
    const further = [...trail, schema];
    let depth = further.length;
    if (depth <= MAX_CHAIN) {
      const depthsOfNext = [...sameValue(schema, follow)].map((next) => depthOf(next, further));
      depth = 1 + Math.max(0, ...depthsOfNext);
    }
    if (depth > MAX_CHAIN) depth = refuse(`begins a chain of more than ${MAX_CHAIN} schemas`, [], schema);
    depths.set(schema, depth);
    return depth;
  };
  const placeOf = (schema: unknown): Path => schemas.get(schema as Record<string, unknown>) ?? [];
  const refuse = (what: string, loop: readonly unknown[], schema: unknown): 0 => {
    const chain = [...loop, schema].map((each) => pointerOf(placeOf(each))).join(' → ');
    const shown = chain.length > 200 ? `${chain.slice(0, 197)}…` : chain;
    review.refuseReference(
      [...path, ...placeOf(schema)],
      `${what} without going into a property or an item: ${shown}; take one of them out`,
    );
    return 0;
  };
  for (const schema of schemas.keys()) depthOf(schema, []);
}

function* sameValue(schema: Readonly<Record<string, unknown>>, follow: FollowReference): Generator<unknown> {
  if (typeof schema['$ref'] === 'string') yield follow(schema['$ref']);
  for (const each of subschemasOf(schema)) if (each.same) yield each.schema;
}
