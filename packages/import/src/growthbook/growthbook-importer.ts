import type { Document, Flag, JsonObject, JsonValue } from '@sluice/core';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { isList, isRecord, plainJson } from '../plain-json.ts';
import { withoutRefused } from '../without-refused.ts';
import { type Converted, convertFeature } from './convert-feature.ts';
import { inOrder } from './feature-order.ts';
import { type Code, type Construct, codes, constructs, type GrowthbookNoting } from './growthbook-report.ts';
import { member } from './json-shapes.ts';
import { segmentsOf } from './prerequisites.ts';
import type { Segments } from './reading.ts';
import { noVariants } from './variants.ts';

/**
 * GrowthBook's SDK payload, as its API answers: `features`, `savedGroups`, `contextualBandits`. Exact beside
 * `@growthbook/growthbook` 1.8.0 for contexts of JSON values, whose `targetingKey` is the attribute `id`.
 */
export const growthbookImporter: Importer = {
  vendor: 'growthbook',
  constructs,
  codes,
  convert,
};

function convert(input: unknown): ImportResult {
  const notes: GrowthbookNoting = new Noting<Construct, Code>(codes);
  const document = convertPayload(plainJson(input), notes);
  return { document, report: notes.report('growthbook') };
}

function convertPayload(payload: JsonValue | undefined, notes: GrowthbookNoting): Document | undefined {
  if (!isRecord(payload)) {
    notes.note('malformed', [], 'is no SDK payload: a JSON object with features, as the API of GrowthBook answers');
    return undefined;
  }
  noteEncrypted(payload, notes);
  noteExperiments(payload, notes);
  const features = member(payload, 'features');
  if (!isRecord(features)) {
    if (features !== undefined || !Object.hasOwn(payload, 'encryptedFeatures')) {
      notes.note('malformed', ['features'], 'has to be an object of features by their ids');
    }
    return undefined;
  }
  if (Object.keys(features).length === 0) notes.note('malformed', ['features'], 'holds no feature');
  const segments: Segments = { read: new Map(), names: new Set() };
  const flags = convertFeatures(features, payload, segments, notes);
  noteDates(notes);
  return withoutRefused({ sluice: 1, segments: segmentsOf(segments), flags }, (part, name, { message }) => {
    const path = [part === 'flags' ? 'features' : 'savedGroups', name];
    notes.note('refused', path, `is left out, because the document refuses it: ${message}`);
  });
}

function noteEncrypted(payload: JsonObject, notes: GrowthbookNoting): void {
  for (const key of [
    'encryptedFeatures',
    'encryptedSavedGroups',
    'encryptedContextualBandits',
    'encryptedExperiments',
  ]) {
    if (!member(payload, key)) continue;
    notes.note(
      'encrypted',
      [key],
      'is encrypted and was not read; decrypt the payload first (decryptPayload of the SDK), or import one of an SDK connection without encryption',
    );
  }
}

function noteExperiments(payload: JsonObject, notes: GrowthbookNoting): void {
  const experiments = member(payload, 'experiments');
  for (const index of isList(experiments) ? experiments.keys() : []) {
    notes.note(
      'auto-experiment',
      ['experiments', index],
      'is an experiment that changes pages in a browser and has no feature; it stays with GrowthBook',
    );
  }
}

const NUMERIC: readonly Construct[] = ['equals number', '$lt', '$lte', '$gt', '$gte'];

function noteDates(notes: GrowthbookNoting): void {
  const { carried } = notes.report('growthbook');
  if (!NUMERIC.some((construct) => Object.hasOwn(carried, construct))) return;
  notes.note(
    'date',
    ['features'],
    'compare numbers or order; for an attribute that is a Date object GrowthBook counts its milliseconds, and it is no number here, so hand over a number or text in both',
  );
}

function convertFeatures(
  features: JsonObject,
  payload: JsonObject,
  segments: Segments,
  notes: GrowthbookNoting,
): Readonly<Record<string, Flag>> {
  const converted = new Map<string, Converted | undefined>();
  const { ordered, cyclic } = inOrder(features);
  const savedGroups = member(payload, 'savedGroups');
  const contextualBandits = member(payload, 'contextualBandits');
  for (const key of ordered) {
    const feature = {
      key,
      variants: noVariants(),
      notes,
      segments,
      savedGroups: isRecord(savedGroups) ? savedGroups : {},
      contextualBandits: isRecord(contextualBandits) ? contextualBandits : {},
    };
    const result = convertFeature(
      member(features, key) ?? null,
      feature,
      (parent) => {
        if (!member(features, parent)) return undefined;
        return cyclic.has(parent) ? 'cyclic' : (converted.get(parent)?.answers ?? 'lost');
      },
      ['features', key],
    );
    converted.set(key, result);
  }
  return Object.fromEntries(
    Object.keys(features).flatMap((key): [string, Flag][] => {
      const flag = converted.get(key)?.flag;
      return flag === undefined ? [] : [[key, flag]];
    }),
  );
}
