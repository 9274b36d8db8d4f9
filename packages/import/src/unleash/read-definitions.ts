import type { ImportOptions } from '../import-report.ts';
import { placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { readExport } from './read-export.ts';
import { type Definitions, type Feature, featureOf, lastOfEach, segmentsOf } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Reads either format as far as every feature; `undefined` where the input is neither. */
export function readDefinitions(
  input: unknown,
  options: ImportOptions,
  noting: UnleashNoting,
): Definitions | undefined {
  if (!isRecord(input) || !Array.isArray(input['features'])) {
    noting.note(
      'unusable',
      [],
      'is neither an answer of /api/client/features nor an export: it has no list of features',
    );
    return undefined;
  }
  const exported = Array.isArray(input['featureStrategies']);
  noting.carry(exported ? 'export' : 'client features');
  return exported ? readExport(input, options, noting) : readClientFeatures(input, noting);
}

function readClientFeatures(input: Readonly<Record<string, unknown>>, noting: UnleashNoting): Definitions {
  const features: Feature[] = [];
  for (const { value, path } of placed(input['features'], ['features'])) {
    if (!isRecord(value) || typeof value['name'] !== 'string') {
      noting.note('malformed', path, 'is no feature with a name; it is left out');
      continue;
    }
    const strategies = value['strategies'];
    if (!Array.isArray(strategies)) {
      noting.note('malformed', [...path, 'strategies'], 'is no list, for which the SDK disables the feature');
    }
    features.push({
      ...featureOf(value, value['name'], path),
      enabled: Boolean(value['enabled']) && Array.isArray(strategies),
      strategies: placed(strategies, [...path, 'strategies']),
      variants: placed(value['variants'], [...path, 'variants']),
      dependencies: placed(value['dependencies'], [...path, 'dependencies']),
    });
  }
  // In an answer to an SDK a segment without constraints has none, and so holds everybody.
  return { features: lastOfEach(features, noting), segments: segmentsOf(input, []) };
}
