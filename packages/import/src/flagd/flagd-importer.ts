import type { Condition, Document, Flag, JsonValue, Path, Segment } from '@sluice/core';
import { isName } from '../accepted.ts';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { isRecord } from '../plain-json.ts';
import { convertFlag } from './convert-flag.ts';
import {
  type Code,
  type Construct,
  codes,
  codesOf,
  constructsOf,
  type FlagdNoting,
  type Generation,
} from './flagd-report.ts';
import { type Evaluator, type Evaluators, isConstant } from './json-logic.ts';
import { fits, plain } from './plain-condition.ts';
import { readFlag } from './read-flag.ts';
import { readJson } from './read-json.ts';

/** flagd's definitions, with units where flagd-core spreads them since 3.0.0. */
export const flagdImporter: Importer = importerOf(2);

/** The same definitions, with units where flagd-core spread them before 3.0.0, and read as it read them. */
export const flagd1Importer: Importer = importerOf(1);

function importerOf(generation: Generation): Importer {
  return {
    vendor: 'flagd',
    constructs: constructsOf(generation),
    codes: codesOf(generation),
    convert: (input) => convert(input, generation),
  };
}

function convert(input: unknown, generation: Generation): ImportResult {
  const noting: FlagdNoting = new Noting<Construct, Code>(codes);
  const top = topOf(input);
  if (top === undefined) {
    noting.note(
      'not-flag-definitions',
      [],
      'is no flag definitions: an object with "flags", in which each flag has a key',
    );
    return { document: undefined, report: noting.report('flagd') };
  }
  const set = readSet(top['metadata'], noting);
  const segments = new Map<string, Segment>();
  const surroundings = {
    generation,
    noting,
    evaluators: readEvaluators(top['$evaluators'], noting),
    named: (name: string, condition: Condition) => nameSegment(segments, name, condition),
  };
  const flags: [string, Flag][] = [];
  for (const [key, each] of Object.entries(top['flags'] as object)) {
    const path: Path = ['flags', key];
    const definition = readFlag(key, each, path, noting);
    if (definition !== undefined) flags.push([key, convertFlag(key, definition, path, surroundings)]);
  }
  const document: Document = {
    sluice: 1,
    ...set,
    ...(segments.size === 0 ? {} : { segments: Object.fromEntries(segments) }),
    flags: Object.fromEntries(flags),
  };
  const isUsable = flags.length > 0 || Object.keys(top['flags'] as object).length === 0;
  return { document: isUsable ? document : undefined, report: noting.report('flagd') };
}

/** Its members one by one, so that one that cannot be read does not take the others with it. */
function topOf(input: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    if (typeof input !== 'object' || input === null) return undefined;
    const top = Object.fromEntries(Object.entries(input));
    const flags: unknown = top['flags'];
    if (typeof flags !== 'object' || flags === null || Array.isArray(flags)) return undefined;
    return { ...top, flags: Object.fromEntries(Object.entries(flags)) };
  } catch {
    return undefined;
  }
}

function readSet(input: unknown, noting: FlagdNoting): Pick<Document, 'flagSetId' | 'version'> {
  const metadata = readJson(input);
  if (!isRecord(metadata)) return {};
  const { flagSetId, version, ...more } = metadata;
  const isText = (value: JsonValue | undefined): value is string => typeof value === 'string' && isName(value);
  if (isText(flagSetId)) noting.carry('flag set id');
  if (isText(version)) noting.carry('flag set version');
  const left = [...Object.keys(more)];
  if (flagSetId !== undefined && !isText(flagSetId)) left.push('flagSetId');
  if (version !== undefined && !isText(version)) left.push('version');
  if (left.length > 0) {
    noting.note('metadata', ['metadata'], `the flag set's ${left.join(', ')} has no place here`);
  }
  return { ...(isText(flagSetId) ? { flagSetId } : {}), ...(isText(version) ? { version } : {}) };
}

function readEvaluators(input: unknown, noting: FlagdNoting): Evaluators {
  if (input === undefined || input === null) return new Map();
  const evaluators = readJson(input);
  if (isRecord(evaluators)) {
    const read = new Map<string, Evaluator>();
    // One can refer only to later ones, so the last are known first.
    for (const [name, expression] of Object.entries(evaluators).toReversed()) {
      read.set(name, { expression, isConstant: isConstant(expression, read) });
    }
    return new Map([...read].toReversed());
  }
  noting.note('evaluator', ['$evaluators'], 'is no object of evaluators by name, and is left out');
  return new Map();
}

/** An evaluator may mean something else in another place; then that place has it written out. */
function nameSegment(segments: Map<string, Segment>, name: string, condition: Condition): Condition {
  if (!isName(name) || !fits(condition)) return condition;
  const when = plain(condition);
  const known = segments.get(name);
  if (known !== undefined && JSON.stringify(known.when) !== JSON.stringify(when)) return condition;
  segments.set(name, { when });
  return { inSegment: name };
}
