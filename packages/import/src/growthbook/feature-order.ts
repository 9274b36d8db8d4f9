import type { JsonObject, JsonValue } from '@sluice/core';
import { isList, isRecord, member } from './json-shapes.ts';

interface FeatureOrder {
  /** Every feature, behind those that it asks for. */
  readonly ordered: readonly string[];
  /** Those that ask for themselves, directly or through others, and those that ask for one of them. */
  readonly cyclic: ReadonlySet<string>;
}

/** Without recursion: a chain of prerequisites may be as long as the payload. */
export function inOrder(features: JsonObject): FeatureOrder {
  const waiting = new Map<string, number>();
  const children = new Map<string, string[]>();
  for (const [key, feature] of Object.entries(features)) {
    const parents = parentsOf(feature).filter((parent) => Object.hasOwn(features, parent));
    waiting.set(key, parents.length);
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [key]);
      else known.push(key);
    }
  }
  const ordered = [...waiting].filter(([, count]) => count === 0).map(([key]) => key);
  // It grows while it is walked.
  for (const key of ordered) {
    for (const child of children.get(key) ?? []) {
      const count = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, count);
      if (count === 0) ordered.push(child);
    }
  }
  const cyclic = new Set([...waiting].filter(([, count]) => count > 0).map(([key]) => key));
  return { ordered: [...ordered, ...cyclic], cyclic };
}

function parentsOf(feature: JsonValue): readonly string[] {
  const rules = isRecord(feature) ? member(feature, 'rules') : undefined;
  const conditions = (isList(rules) ? rules : []).flatMap((rule) => {
    const found = isRecord(rule) ? member(rule, 'parentConditions') : undefined;
    return isList(found) ? found : [];
  });
  const ids = conditions.map((condition) => (isRecord(condition) ? member(condition, 'id') : undefined));
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}
