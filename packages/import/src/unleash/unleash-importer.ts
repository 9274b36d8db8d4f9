import { type Document, type Flag, type ParseResult, type Prerequisites, parseDocument } from '@sluice/core';
import { isName } from '../accepted.ts';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { convertDependencies, type Parents } from './convert-dependencies.ts';
import { type ConvertedFeature, convertFeature } from './convert-feature.ts';
import { convertSegments, type Segments } from './convert-segments.ts';
import { readDefinitions } from './read-definitions.ts';
import { type Definitions, type Feature, quote } from './unleash-definitions.ts';
import { type Code, type Construct, codes, constructs, type UnleashNoting } from './unleash-report.ts';

/**
 * Unleash's answers to its SDKs (`/api/client/features`) and its exports (`/api/admin/features-batch/export`).
 *
 * A feature is a boolean flag under its name. One that has variants is two: under its name the variants by their payloads,
 * with the caller's default where Unleash says `disabled`, and under `<name>.enabled` whether it is enabled.
 */
export const unleashImporter: Importer = {
  vendor: 'unleash',
  constructs,
  codes,
  convert(input, options = {}): ImportResult {
    const noting: UnleashNoting = new Noting<Construct, Code>(codes);
    let document: Document | undefined;
    try {
      const definitions = readDefinitions(input, options, noting);
      document = definitions && convertDefinitions(definitions, noting);
    } catch {
      // What was made by hand may throw when it is read; what was parsed does not.
      noting.note('unusable', [], 'cannot be read: a part of it throws');
    }
    return { document, report: noting.report('unleash') };
  },
};

function convertDefinitions(definitions: Definitions, noting: UnleashNoting): Document | undefined {
  const segments = convertSegments(definitions.segments, noting);
  const names = new Set(definitions.features.map(({ name }) => name));
  const converted = definitions.features
    .filter((feature) => hasName(feature, noting))
    .map((feature) => convertFeature(feature, segments, noting));
  const features = new Map(soundOf(converted, segments, noting).map((each) => [each.feature.name, each]));
  const flags = flagsOf({ names, features, enabledKeys: enabledKeysOf(features, noting) }, noting);
  if (Object.keys(flags).length === 0) {
    noting.note('unusable', ['features'], 'holds no feature that can be carried');
    return undefined;
  }
  const declared = Object.keys(segments.declared).length > 0 && { segments: segments.declared };
  return { sluice: 1, ...declared, flags };
}

function hasName({ name, path }: Feature, noting: UnleashNoting): boolean {
  if (isName(name)) return true;
  noting.note('name', path, `${quote(name)} cannot be the key of a flag; the feature is left out`);
  return false;
}

/** What the parser refuses beyond structure, such as a payload that is nested too deep, takes the feature with it. */
function soundOf(
  features: readonly ConvertedFeature[],
  { declared }: Segments,
  noting: UnleashNoting,
): readonly ConvertedFeature[] {
  const parse = (some: readonly ConvertedFeature[]): ParseResult => {
    const flags = some.flatMap(({ feature, enabled, variants }): [string, Flag][] => [
      [`enabled ${feature.name}`.slice(0, 200), enabled],
      ...(typeof variants === 'string' ? [] : [[feature.name, variants.flag] as [string, Flag]]),
    ]);
    return parseDocument({ sluice: 1, segments: declared, flags: Object.fromEntries(flags) });
  };
  if (parse(features).document !== undefined) return features;
  return features.filter((each) => {
    const problem = parse([each]).problems.find(({ severity }) => severity === 'error');
    if (problem === undefined) return true;
    const message = `cannot be a flag, as something in it ${problem.message}; it is left out`;
    noting.note('malformed', each.feature.path, message);
    return false;
  });
}

/** By feature, the key under which the document says whether it is enabled. */
function enabledKeysOf(features: Parents['features'], noting: UnleashNoting): Parents['enabledKeys'] {
  const keys = new Map<string, string>();
  for (const [name, { feature, variants }] of features) {
    const key = variants === 'none' ? name : `${name}.enabled`;
    if (key === name || (!features.has(key) && isName(key))) keys.set(name, key);
    else {
      const message = `has variants, and whether it is enabled cannot be under ${quote(key)}: that is taken or too long`;
      noting.note('key-taken', feature.path, message);
    }
  }
  return keys;
}

function flagsOf(parents: Parents, noting: UnleashNoting): Readonly<Record<string, Flag>> {
  const flags = new Map<string, Flag>();
  for (const [name, converted] of parents.features) {
    const dependencies = convertDependencies(converted, parents, noting);
    if (dependencies === 'lost') continue;
    const { enabled, variants } = converted;
    if (typeof variants !== 'string') flags.set(name, depending(variants.flag, dependencies));
    const key = parents.enabledKeys.get(name);
    if (key === undefined) continue;
    flags.set(key, depending(dependencies === 'never' ? { ...enabled, whenDisabled: 'off' } : enabled, dependencies));
  }
  return Object.fromEntries(flags);
}

function depending(flag: Flag, dependencies: Prerequisites | 'never'): Flag {
  if (dependencies === 'never') return { ...flag, enabled: false };
  return Object.keys(dependencies).length === 0 ? flag : { ...flag, prerequisites: dependencies };
}
