import type { Document, Flag, JsonValue } from '@sluice/core';
import { isName } from '../accepted.ts';
import type { Importer, ImportResult } from '../import-report.ts';
import { Noting } from '../noting.ts';
import { isRecord, plainJson } from '../plain-json.ts';

const constructs = [
  'flag',
  'percentage',
  'percentage with a fraction',
  'percentage of nobody',
  'percentage of everybody',
  'enabled false',
  'bare number',
  'bare boolean',
] as const;

const codes = {
  /** Code that hashes in another way cannot be told from its numbers. */
  hash: 'caveat',
  /** Code that takes a flag without `enabled` for one that is off. */
  'enabled-missing': 'caveat',
  /** Code that takes a flag without `percentage` for one that is at 0. */
  'percentage-missing': 'caveat',
  malformed: 'lost',
  /** What the document itself refuses. */
  refused: 'lost',
} as const;

type Construct = (typeof constructs)[number];
type Code = keyof typeof codes;
type Notes = Noting<Construct, Code>;

/**
 * Home-grown percentages, `{ flag: { enabled, percentage } }` or `{ flag: percentage }` or `{ flag: enabled }`, for code that
 * asks `int(md5(flag + ':' + user), 16) % 100 < percentage` over the whole 128 bits.
 */
export const percentagesImporter: Importer = { vendor: 'percentages', constructs, codes, convert };

function convert(input: unknown): ImportResult {
  const notes: Notes = new Noting<Construct, Code>(codes);
  const flags = convertFlags(plainJson(input), notes);
  const document: Document | undefined = Object.keys(flags).length > 0 ? { sluice: 1, flags } : undefined;
  return { document, report: notes.report('percentages') };
}

function convertFlags(input: JsonValue | undefined, notes: Notes): Readonly<Record<string, Flag>> {
  if (!isRecord(input)) {
    notes.note(
      'malformed',
      [],
      'has to be a JSON object, such as { "new-model": { "enabled": true, "percentage": 5 } }',
    );
    return {};
  }
  const flags = Object.entries(input).flatMap(([key, value]): [string, Flag][] => {
    const flag = convertFlag(key, value, notes);
    return flag === undefined ? [] : [[key, flag]];
  });
  if (flags.length > 0) {
    notes.note(
      'hash',
      [],
      'is taken for code that hashes "flag:user" by MD5 and reads all 32 digits as one number; for code that reads only some of them (as parseInt of the first eight does) or has no user, everybody may move, so compare a few users before you switch',
    );
  }
  return Object.fromEntries(flags);
}

function convertFlag(key: string, value: JsonValue, notes: Notes): Flag | undefined {
  const settings = readSettings(key, value, notes);
  if (settings === undefined) return undefined;
  if (!isName(key)) {
    notes.note(
      'refused',
      [key],
      'is no name of a flag: 1 to 256 characters without control characters; it is left out',
    );
    return undefined;
  }
  notes.carry('flag');
  const { enabled, percentage } = settings;
  if (!enabled) notes.carry('enabled false');
  if (percentage <= 0) notes.carry('percentage of nobody');
  else if (percentage >= 100) notes.carry('percentage of everybody');
  else notes.carry(Number.isInteger(percentage) ? 'percentage' : 'percentage with a fraction');
  return {
    ...(enabled ? {} : { enabled, whenDisabled: 'off' }),
    bucketing: 'md5-percent-1',
    rollout: { percentage: Math.min(Math.max(percentage, 0), 100), serve: 'on' },
  };
}

interface Settings {
  readonly enabled: boolean;
  readonly percentage: number;
}

function readSettings(key: string, value: JsonValue, notes: Notes): Settings | undefined {
  if (typeof value === 'number') {
    notes.carry('bare number');
    return { enabled: true, percentage: value };
  }
  if (typeof value === 'boolean') {
    notes.carry('bare boolean');
    return { enabled: value, percentage: 100 };
  }
  const { enabled = true, percentage = 100 } = isRecord(value) ? value : { enabled: null };
  if (!isRecord(value) || typeof enabled !== 'boolean' || typeof percentage !== 'number') {
    notes.note('malformed', [key], 'has to be { enabled: true or false, percentage: a number }; it is left out');
    return undefined;
  }
  if (!Object.hasOwn(value, 'enabled')) {
    notes.note(
      'enabled-missing',
      [key],
      'does not say "enabled" and is taken for on; for code that takes it for off, nobody has it: write it',
    );
  }
  if (!Object.hasOwn(value, 'percentage')) {
    notes.note(
      'percentage-missing',
      [key],
      'has no "percentage" and is taken for everybody; for code that takes it for 0, nobody has it: write it',
    );
  }
  return { enabled, percentage };
}
