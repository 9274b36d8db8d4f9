import type { JsonObject, JsonValue } from '@sluice/core';
import { dependencyOrder } from '../dependency-order.ts';
import { isList, isRecord } from '../plain-json.ts';
import { member } from './json-shapes.ts';

interface FeatureOrder {
  /** Every feature, behind those that it asks for. */
  readonly ordered: readonly string[];
  /** Those that ask for themselves, directly or through others, and those that ask for one of them. */
  readonly cyclic: ReadonlySet<string>;
}

export function inOrder(features: JsonObject): FeatureOrder {
  const { order, endless } = dependencyOrder(Object.keys(features), (key) => parentsOf(features[key]));
  return { ordered: [...order, ...endless], cyclic: new Set(endless) };
}

function parentsOf(feature: JsonValue | undefined): readonly string[] {
  const rules = isRecord(feature) ? member(feature, 'rules') : undefined;
  const conditions = (isList(rules) ? rules : []).flatMap((rule) => {
    const found = isRecord(rule) ? member(rule, 'parentConditions') : undefined;
    return isList(found) ? found : [];
  });
  const ids = conditions.map((condition) => (isRecord(condition) ? member(condition, 'id') : undefined));
  return ids.filter((id) => typeof id === 'string');
}
