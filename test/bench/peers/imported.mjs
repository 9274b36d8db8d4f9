import { compileDocument, evaluate, parseDocument } from '@sluice/core';
import {
  flagdImporter,
  flagsmithImporter,
  growthbookImporter,
  launchdarklyImporter,
  unleashImporter,
} from '@sluice/import';
import { BOOLEAN_FLAG, contextOf, MODELS, OBJECT_FLAG } from '../job.mjs';
import { peers } from './peers.mjs';

const importers = {
  'flagd-core': flagdImporter,
  flagsmith: flagsmithImporter,
  growthbook: growthbookImporter,
  launchdarkly: launchdarklyImporter,
  unleash: unleashImporter,
};

/** A vendor's own definitions, those that its SDK is timed with, imported and evaluated by Sluice. */
export async function setUp({ vendor }) {
  const { definitions, contextFor = contextOf, valueOf = (value) => value } = await peers[vendor].load();
  const { document, report } = importers[vendor].convert(definitions);
  const lost = report.notes.filter(({ severity }) => severity === 'lost');
  if (document === undefined || lost.length > 0) throw new Error(`${vendor}: ${JSON.stringify(lost)}`);
  const flags = compileDocument(parseDocument(document).document);
  return {
    object: (id) => evaluate(flags, OBJECT_FLAG, contextFor(id)),
    boolean: (id) => evaluate(flags, BOOLEAN_FLAG, contextFor(id)),
    valueOf: ({ value }) => (value === undefined ? MODELS.control : valueOf(value)),
  };
}
