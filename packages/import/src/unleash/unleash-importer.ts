import { type Document, type Flag, parseDocument } from '@sluice/core';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { isName } from './accepted.ts';
import { convertDependencies } from './convert-dependencies.ts';
import { type ConvertedFeature, convertFeature } from './convert-feature.ts';
import { convertSegments, type Segments } from './convert-segments.ts';
import { readDefinitions } from './read-definitions.ts';
import { type Definitions, type Feature, quote } from './unleash-definitions.ts';
import { codes, constructs, type Report } from './unleash-report.ts';

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
    const report: Report = new Noting(codes);
    let document: Document | undefined;
    try {
      const definitions = readDefinitions(input, options, report);
      document = definitions && convertDefinitions(definitions, report);
    } catch {
      // What was made by hand may throw when it is read; what was parsed does not.
      report.note('unusable', [], 'cannot be read: a part of it throws');
    }
    return { document, report: report.report('unleash') };
  },
};

function convertDefinitions(definitions: Definitions, report: Report): Document | undefined {
  const segments = convertSegments(definitions.segments, report);
  const features = definitions.features.filter((feature) => hasName(feature, report));
  const converted = new Map(features.map((feature) => [feature.name, convertFeature(feature, segments, report)]));
  const accepted = new Map([...converted].filter(([, feature]) => isSound(feature, segments, report)));
  const flags = flagsOf(accepted, report);
  if (Object.keys(flags).length === 0) {
    report.note('unusable', ['features'], 'holds no feature that can be carried');
    return undefined;
  }
  const declared = Object.keys(segments.declared).length > 0 && { segments: segments.declared };
  return { sluice: 1, ...declared, flags };
}

function hasName({ name, path }: Feature, report: Report): boolean {
  if (isName(name)) return true;
  report.note('name', path, `${quote(name)} cannot be the key of a flag; the feature is left out`);
  return false;
}

/** What the parser refuses beyond structure, such as a payload that is nested too deep, takes the feature with it. */
function isSound(converted: ConvertedFeature, { declared }: Segments, report: Report): boolean {
  const { feature, enabled, variants } = converted;
  const flags = typeof variants === 'string' ? { enabled } : { enabled, variants: variants.flag };
  const { document, problems } = parseDocument({ sluice: 1, segments: declared, flags });
  if (document !== undefined) return true;
  const [problem] = problems.filter(({ severity }) => severity === 'error');
  report.note('malformed', feature.path, `cannot be a flag, as something in it ${problem?.message}; it is left out`);
  return false;
}

function flagsOf(features: ReadonlyMap<string, ConvertedFeature>, report: Report): Readonly<Record<string, Flag>> {
  const flags = new Map<string, Flag>();
  const enabledKeys = new Map<string, string>();
  for (const [name, { feature, variants }] of features) {
    const key = variants === 'none' ? name : `${name}.enabled`;
    if (key === name || (!features.has(key) && isName(key))) enabledKeys.set(name, key);
    else
      report.note('key-taken', feature.path, `whether it is enabled would be ${quote(key)}, which another feature has`);
  }
  for (const [name, feature] of features) {
    const dependencies = convertDependencies(feature, { features, enabledKeys }, report);
    if (dependencies === 'lost') continue;
    const depend = (flag: Flag): Flag => withDependencies(flag, dependencies);
    const { enabled, variants } = feature;
    if (typeof variants !== 'string') flags.set(name, depend(variants.flag));
    const key = enabledKeys.get(name);
    if (key !== undefined)
      flags.set(key, depend(dependencies === 'never' ? { ...enabled, whenDisabled: 'off' } : enabled));
  }
  return Object.fromEntries(flags);
}

function withDependencies(flag: Flag, dependencies: Flag['prerequisites'] | 'never'): Flag {
  if (dependencies === 'never') return { ...flag, enabled: false };
  return dependencies === undefined || Object.keys(dependencies).length === 0
    ? flag
    : { ...flag, prerequisites: dependencies };
}
