import type { Context, Document } from '@sluice/core';

/** The attributes that a flag, and each flag that it asks for, is bucketed, targeted, held out or spread over a layer by. */
export function unitAttributes(document: Document, key: string): readonly string[] {
  const { unit = 'targetingKey', prerequisites, holdout, layer, rollout, rules = [] } = document.flags?.[key] ?? {};
  const names = new Set([unit]);
  const parents = [prerequisites, ...rules.map((rule) => rule.prerequisites)].flatMap((each) =>
    Object.keys(each ?? {}),
  );
  for (const parent of parents) for (const name of unitAttributes(document, parent)) names.add(name);
  for (const each of [rollout, ...rules.map((rule) => rule.rollout)]) {
    for (const name of [each?.unit ?? [], each?.splitUnit ?? []].flat()) names.add(name);
  }
  if (holdout !== undefined) names.add(document.holdouts?.[holdout]?.unit ?? 'targetingKey');
  if (layer !== undefined) names.add(document.layers?.[layer.name]?.unit ?? 'targetingKey');
  return [...names];
}

/** The context with one unit in all of these attributes; a dotted name is written where a dotted path reads it. */
export function withUnit(context: Context, attributes: readonly string[], unit: string): Context {
  return attributes.reduce((whole, attribute) => written(whole, attribute.split('.'), unit), context);
}

function written(context: Context, [step = '', ...rest]: readonly string[], unit: string): Context {
  if (rest.length === 0) return { ...context, [step]: unit };
  const inner = context[step];
  const object = typeof inner === 'object' && inner !== null ? (inner as Context) : {};
  return { ...context, [step]: written(object, rest, unit) };
}
