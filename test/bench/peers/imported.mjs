import { compileDocument, evaluate, parseDocument } from '@sluice/core';
import {
  flagdImporter,
  flagsmithImporter,
  growthbookImporter,
  launchdarklyImporter,
  unleashImporter,
} from '@sluice/import';
import { BOOLEAN_FLAG, contextOf, MODELS, OBJECT_FLAG } from '../job.mjs';

const vendors = {
  'flagd-core': { importer: flagdImporter, load: () => import('./flagd.mjs') },
  flagsmith: { importer: flagsmithImporter, load: () => import('./flagsmith.mjs') },
  growthbook: { importer: growthbookImporter, load: () => import('./growthbook.mjs') },
  launchdarkly: { importer: launchdarklyImporter, load: () => import('./launchdarkly.mjs') },
  unleash: { importer: unleashImporter, load: () => import('./unleash.mjs') },
};

/** A vendor's own definitions, those that its SDK is timed with, imported and evaluated by Sluice. */
export async function setUp({ vendor }) {
  const { importer, load } = vendors[vendor];
  const { definitions, contextFor = contextOf, readValue = (value) => value } = await load();
  const { document, report } = importer.convert(definitions);
  const lost = report.notes.filter(({ severity }) => severity === 'lost');
  if (document === undefined || lost.length > 0) throw new Error(`${vendor}: ${JSON.stringify(lost)}`);
  const flags = compileDocument(parseDocument(document).document);
  return {
    object: (id) => evaluate(flags, OBJECT_FLAG, contextFor(id)),
    boolean: (id) => evaluate(flags, BOOLEAN_FLAG, contextFor(id)),
    valueOf: ({ value }) => (value === undefined ? MODELS.control : readValue(value)),
  };
}
