import type { Path } from '@sluice/core';
import { placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import type { Environment, FeatureState, Identity, Segment } from './environment.ts';
import type { FlagsmithNoting } from './flagsmith-report.ts';
import { readFeatureState } from './read-feature-state.ts';

/** The document, or its pages put together as the SDK puts them; `undefined`, with a note, where it is none. */
export function readEnvironment(input: unknown, noting: FlagsmithNoting): Environment | undefined {
  const pages: readonly unknown[] = Array.isArray(input) ? input : [input];
  const at = (page: number): Path => (Array.isArray(input) ? [page] : []);
  const [first] = pages;
  if (!isRecord(first) || !Array.isArray(first['feature_states'])) {
    return noting.note(
      'not-an-environment-document',
      at(0),
      'has no list of feature_states; hand in what /api/v1/environment-document/ answers, or a list of its pages',
    );
  }
  const { api_key: apiKey, name, project } = first;
  if (typeof apiKey !== 'string') {
    return noting.note(
      'not-an-environment-document',
      [...at(0), 'api_key'],
      'is no text; everybody is hashed together with it',
    );
  }
  const segments = isRecord(project) ? placed(project['segments'], [...at(0), 'project', 'segments']) : [];
  const states = readStates(first['feature_states'], [...at(0), 'feature_states'], noting);
  for (let page = 1; page < pages.length; page++) noting.carry('page of identity overrides');
  return {
    apiKey,
    name: typeof name === 'string' ? name : undefined,
    segments: segments.flatMap(({ value, path }) => readSegment(value, path, noting) ?? []),
    states: [...new Map(states.map((state) => [state.feature, state])).values()],
    identities: pages.flatMap((page, index) =>
      placed(isRecord(page) ? page['identity_overrides'] : undefined, [...at(index), 'identity_overrides']).flatMap(
        ({ value, path }) => readIdentity(value, path, noting) ?? [],
      ),
    ),
  };
}

function readStates(input: unknown, path: Path, noting: FlagsmithNoting): FeatureState[] {
  return placed(input, path).flatMap(({ value, path: at }) => readFeatureState(value, at, noting) ?? []);
}

function readSegment(input: unknown, path: Path, noting: FlagsmithNoting): Segment | undefined {
  const { id, name, rules, feature_states: states } = isRecord(input) ? input : {};
  if ((typeof id !== 'number' && typeof id !== 'string') || !Array.isArray(rules)) {
    return noting.note('segment', path, 'is no segment: it needs an id and a list of rules');
  }
  const overrides = readStates(states, [...path, 'feature_states'], noting);
  return { key: String(id), name: typeof name === 'string' ? name : `segment-${id}`, rules, overrides, path };
}

function readIdentity(input: unknown, path: Path, noting: FlagsmithNoting): Identity | undefined {
  const { identifier, identity_features: features } = isRecord(input) ? input : {};
  if (typeof identifier !== 'string' && typeof identifier !== 'number') {
    return noting.note('identity-override', path, 'has no identifier, so nobody knows whom it is for');
  }
  const overrides = readStates(features, [...path, 'identity_features'], noting);
  return { identifier: String(identifier), overrides, path };
}
