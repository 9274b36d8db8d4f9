import type { ImportOptions } from '../import-report.ts';
import { readExport } from './read-export.ts';
import {
  type Definitions,
  type Feature,
  featureOf,
  isObject,
  lastOfEach,
  placed,
  segmentsOf,
} from './unleash-definitions.ts';
import type { Report } from './unleash-report.ts';

/** Reads either format as far as every feature; `undefined` where the input is neither. */
export function readDefinitions(input: unknown, options: ImportOptions, report: Report): Definitions | undefined {
  if (!isObject(input) || !Array.isArray(input['features'])) {
    report.note(
      'unusable',
      [],
      'is neither an answer of /api/client/features nor an export: it has no list of features',
    );
    return undefined;
  }
  const exported = Array.isArray(input['featureStrategies']);
  report.carry(exported ? 'export' : 'client features');
  return exported ? readExport(input, options, report) : readClientFeatures(input, report);
}

function readClientFeatures(input: Readonly<Record<string, unknown>>, report: Report): Definitions {
  const features: Feature[] = [];
  for (const { value, path } of placed(input['features'], ['features'])) {
    if (!isObject(value) || typeof value['name'] !== 'string') {
      report.note('malformed', path, 'is no feature with a name; it is left out');
      continue;
    }
    const strategies = value['strategies'];
    if (!Array.isArray(strategies)) {
      report.note('malformed', [...path, 'strategies'], 'is no list, for which the SDK disables the feature');
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
  return { features: lastOfEach(features, report), segments: segmentsOf(input, []) };
}
