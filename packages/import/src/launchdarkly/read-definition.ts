import type { Path } from '@sluice/core';
import { isInherited } from '../reserved-names.ts';
import type {
  Clause,
  ContextKeys,
  FlagDefinition,
  PrerequisiteDefinition,
  RolloutDefinition,
  RuleDefinition,
  SegmentDefinition,
  SegmentRule,
  Serving,
  Target,
  WeightedVariation,
} from './definitions.ts';
import {
  anything,
  type Fields,
  fields,
  keys,
  list,
  Misshapen,
  member,
  number,
  required,
  type Shape,
  text,
  weight,
  yesOrNo,
} from './shape.ts';

export const flagDefinition: Shape<FlagDefinition> = (value, path) => {
  const from = fields(value, path);
  return {
    on: member(from, 'on', path, yesOrNo, false),
    variations: member(from, 'variations', path, list(anything), []),
    offVariation: member(from, 'offVariation', path, number, undefined),
    fallthrough: member(from, 'fallthrough', path, (each, at) => serving(fields(each, at), at), undefined),
    prerequisites: member(from, 'prerequisites', path, list(prerequisite), []),
    targets: member(from, 'targets', path, list(target), []),
    contextTargets: member(from, 'contextTargets', path, list(contextTarget), []),
    rules: member(from, 'rules', path, list(rule), []),
    salt: member(from, 'salt', path, text, ''),
  };
};

export const segmentDefinition: Shape<SegmentDefinition> = (value, path) => {
  const from = fields(value, path);
  return {
    included: member(from, 'included', path, keys, []),
    excluded: member(from, 'excluded', path, keys, []),
    includedContexts: member(from, 'includedContexts', path, list(contextKeys), []),
    excludedContexts: member(from, 'excludedContexts', path, list(contextKeys), []),
    rules: member(from, 'rules', path, list(segmentRule), []),
    salt: member(from, 'salt', path, text, ''),
    unbounded: member(from, 'unbounded', path, yesOrNo, false),
  };
};

/** The key that it was sent under has to be its own: the one finds it, the other is hashed. */
export function keyOf(value: unknown, path: Path): string {
  return required(fields(value, path), 'key', path, text);
}

const prerequisite: Shape<PrerequisiteDefinition> = (value, path) => {
  const from = fields(value, path);
  return {
    key: required(from, 'key', path, text),
    variation: member(from, 'variation', path, number, undefined),
  };
};

const target: Shape<Target> = (value, path) => {
  const from = fields(value, path);
  return { ...contextKeys(from, path), variation: member(from, 'variation', path, number, undefined) };
};

/** One of users only says where in the order the users' own target stands, so it needs no values. */
const contextTarget: Shape<Target> = (value, path) => {
  const from = fields(value, path);
  const contextKind = member(from, 'contextKind', path, text, undefined);
  return {
    contextKind,
    values: (contextKind || 'user') === 'user' ? [] : required(from, 'values', path, keys),
    variation: member(from, 'variation', path, number, undefined),
  };
};

const contextKeys: Shape<ContextKeys> = (value, path) => {
  const from = fields(value, path);
  return {
    contextKind: member(from, 'contextKind', path, text, undefined),
    values: required(from, 'values', path, keys),
  };
};

const rule: Shape<RuleDefinition> = (value, path) => {
  const from = fields(value, path);
  return { ...serving(from, path), clauses: member(from, 'clauses', path, list(clause), undefined) };
};

function serving(from: Fields, path: Path): Serving {
  return {
    variation: member(from, 'variation', path, number, undefined),
    rollout: member(from, 'rollout', path, rollout, undefined),
  };
}

const rollout: Shape<RolloutDefinition> = (value, path) => {
  const from = fields(value, path);
  return {
    kind: member(from, 'kind', path, text, undefined),
    contextKind: member(from, 'contextKind', path, text, undefined),
    bucketBy: member(from, 'bucketBy', path, text, ''),
    seed: member(from, 'seed', path, number, undefined),
    variations: member(from, 'variations', path, list(weighted), []),
  };
};

const weighted: Shape<WeightedVariation> = (value, path) => {
  const from = fields(value, path);
  return {
    variation: member(from, 'variation', path, number, undefined),
    weight: required(from, 'weight', path, weight),
    untracked: member(from, 'untracked', path, yesOrNo, false),
  };
};

const segmentRule: Shape<SegmentRule> = (value, path) => {
  const from = fields(value, path);
  return {
    clauses: member(from, 'clauses', path, list(clause), undefined),
    weight: member(from, 'weight', path, weight, undefined),
    bucketBy: member(from, 'bucketBy', path, text, ''),
    rolloutContextKind: member(from, 'rolloutContextKind', path, text, undefined),
  };
};

const clause: Shape<Clause> = (value, path) => {
  const from = fields(value, path);
  const op = member(from, 'op', path, text, '');
  // The SDK finds these among its operators because every object has them.
  if (isInherited(op)) throw new Misshapen([...path, 'op'], 'the name of an operator');
  return {
    attribute: member(from, 'attribute', path, text, ''),
    contextKind: member(from, 'contextKind', path, text, undefined),
    op,
    values: required(from, 'values', path, list(anything)),
    negate: member(from, 'negate', path, yesOrNo, false),
  };
};
