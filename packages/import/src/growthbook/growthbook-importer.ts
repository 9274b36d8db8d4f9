import { type Document, type Flag, type JsonObject, type JsonValue, type Path, parseDocument } from '@sluice/core';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { plainJson } from '../plain-json.ts';
import { type Converted, convertFeature } from './convert-feature.ts';
import { inOrder } from './feature-order.ts';
import {
  type GrowthbookCode,
  type GrowthbookConstruct,
  growthbookCodes,
  growthbookConstructs,
  type Notes,
} from './growthbook-report.ts';
import { isList, isRecord, member } from './json-shapes.ts';
import { segmentsOf } from './prerequisites.ts';
import type { Segments } from './reading.ts';
import { noVariants } from './variants.ts';

/**
 * GrowthBook's SDK payload, as its API answers: `features`, `savedGroups`, `contextualBandits`. Exact beside
 * `@growthbook/growthbook` 1.8.0 for contexts of JSON values, whose `targetingKey` is the attribute `id`.
 */
export const growthbookImporter: Importer = {
  vendor: 'growthbook',
  constructs: growthbookConstructs,
  codes: growthbookCodes,
  convert,
};

function convert(input: unknown): ImportResult {
  const notes: Notes = new Noting<GrowthbookConstruct, GrowthbookCode>(growthbookCodes);
  const document = convertPayload(plainJson(input), notes);
  return { document, report: notes.report('growthbook') };
}

function convertPayload(payload: JsonValue | undefined, notes: Notes): Document | undefined {
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
  return accepted(flags, segmentsOf(segments), notes);
}

function noteEncrypted(payload: JsonObject, notes: Notes): void {
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

function noteExperiments(payload: JsonObject, notes: Notes): void {
  const experiments = member(payload, 'experiments');
  for (const index of isList(experiments) ? experiments.keys() : []) {
    notes.note(
      'auto-experiment',
      ['experiments', index],
      'is an experiment that changes pages in a browser and has no feature; it stays with GrowthBook',
    );
  }
}

const NUMERIC: readonly GrowthbookConstruct[] = ['equals number', '$lt', '$lte', '$gt', '$gte'];

function noteDates(notes: Notes): void {
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
  notes: Notes,
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

/** The document without the flags that it refuses, and without those that asked for them. */
function accepted(
  flags: Readonly<Record<string, Flag>>,
  segments: NonNullable<Document['segments']>,
  notes: Notes,
): Document | undefined {
  let left = flags;
  for (;;) {
    if (Object.keys(left).length === 0) return undefined;
    const document: Document = {
      sluice: 1,
      ...(Object.keys(segments).length > 0 ? { segments } : {}),
      flags: left,
    };
    const problems = parseDocument(document).problems.filter(({ severity }) => severity === 'error');
    if (problems.length === 0) return document;
    const refused = new Map<string, string>();
    for (const { path, message } of problems) {
      const key = path[0] === 'flags' ? path[1] : undefined;
      if (key !== undefined && !refused.has(String(key))) refused.set(String(key), message);
    }
    // A problem of no flag would be found again at every turn.
    if (refused.size === 0) return undefined;
    for (const [key, message] of refused) {
      const path: Path = ['features', key];
      notes.note('refused', path, `is left out, because the document refuses it: ${message}`);
    }
    left = Object.fromEntries(Object.entries(left).filter(([key]) => !refused.has(key)));
  }
}
