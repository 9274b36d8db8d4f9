import type { Document, Flag, Path } from '@sluice/core';
import { dependencyOrder } from '../dependency-order.ts';
import type { Importer, ImportReport, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { withoutRefused } from '../without-refused.ts';
import { kindsOf } from './context-kind.ts';
import type { Conversion } from './conversion.ts';
import { type ConvertedFlag, convertFlag } from './convert-flag.ts';
import { convertPrerequisites } from './convert-prerequisites.ts';
import { convertSegments } from './convert-segments.ts';
import type { Definitions, FlagDefinition } from './definitions.ts';
import { type Code, type Construct, codes, constructs, type LaunchdarklyNoting } from './launchdarkly-report.ts';
import { readDefinitions } from './read-definitions.ts';
import { convertVariations } from './variations.ts';

/** LaunchDarkly's definitions as its SDKs get them; every unit stays where the Node SDK puts it. */
export const launchdarklyImporter: Importer = { vendor: 'launchdarkly', constructs, codes, convert };

function convert(input: unknown): ImportResult {
  const notes: LaunchdarklyNoting = new Noting<Construct, Code>(codes);
  try {
    const definitions = readDefinitions(input, notes);
    if (definitions !== undefined) {
      const document = toDocument(definitions, notes);
      return { document, report: inOrder(notes.report('launchdarkly'), definitions) };
    }
  } catch (error) {
    // A getter or a proxy in the input that throws.
    notes.note('input', [], `could not be read: ${error instanceof Error ? error.message : 'it threw'}`);
  }
  return { document: undefined, report: notes.report('launchdarkly') };
}

function toDocument(definitions: Definitions, notes: LaunchdarklyNoting): Document | undefined {
  const kinds = kindsOf(definitions);
  const conversion: Conversion = { definitions, kinds, notes, segments: new Map(), everywhere: new Set() };
  const segments = convertSegments(conversion);
  const document = withoutRefused({ sluice: 1, segments, flags: convertFlags(conversion) }, (part, name, problem) => {
    const { path, message } = problem;
    notes.note('refused', [part, name], `cannot be in a document: ${path.slice(2).join('.')} ${message}`);
  });
  if (document === undefined) {
    notes.note('input', [], 'holds no flag that could be carried');
    return undefined;
  }
  noteContexts(conversion);
  return document;
}

function convertFlags(conversion: Conversion): Readonly<Record<string, Flag>> {
  const { definitions, notes } = conversion;
  const converted = new Map<string, ConvertedFlag>();
  const { order, endless } = dependencyOrder(definitions.flags.keys(), (key) =>
    (definitions.flags.get(key)?.prerequisites ?? []).map((prerequisite) => prerequisite.key),
  );
  for (const key of endless) {
    notes.note(
      'prerequisite-cycle',
      ['flags', key, 'prerequisites'],
      'lead back to the flag, or to one that leads back to itself, which LaunchDarkly answers with an error',
    );
  }
  for (const key of order) {
    const path = ['flags', key];
    const definition = definitions.flags.get(key) as FlagDefinition;
    const variations = convertVariations(definition, path, notes);
    const parents = variations && convertPrerequisites(definition, path, converted, conversion);
    const flag = parents && convertFlag(key, definition, variations, parents, conversion);
    if (flag !== undefined) converted.set(key, flag);
  }
  return Object.fromEntries(
    [...definitions.flags.keys()].flatMap((key) => {
      const flag = converted.get(key)?.flag;
      return flag === undefined ? [] : [[key, flag] as const];
    }),
  );
}

function noteContexts({ kinds, everywhere, notes }: Conversion): void {
  notes.note(
    'context-keys',
    [],
    'LaunchDarkly gives callers their own default for contexts without a targetingKey that is a string and not empty (it also reads `key`), and for kinds that are none; give every context a targetingKey',
  );
  if (kinds.usersOnly) {
    notes.note(
      'context-kinds',
      [],
      'only users are known here, so contexts of another kind, or of several, are taken for users; LaunchDarkly knows that they are none',
    );
  }
  if (everywhere.has('date-objects')) {
    notes.note('date-objects', [], 'attributes that are a Date are ISO text to LaunchDarkly; write them as text');
  }
}

/** Flags and segments were converted after those that they need. */
function inOrder(report: ImportReport, { places }: Definitions): ImportReport {
  const placeOf = ([part, name]: Path): number => places.get(`${part}/${name}`) ?? Number.MAX_SAFE_INTEGER;
  return { ...report, notes: report.notes.toSorted((first, second) => placeOf(first.path) - placeOf(second.path)) };
}
