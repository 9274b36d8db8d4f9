import type { JsonValue, Path } from '@sluice/core';
import { nothing, type Passing, passing } from './passing.ts';
import { lose, type Reading } from './reading.ts';

type Comparison = '=' | '<' | '<=' | '>' | '>=';

const NUMBER = '(?:0|[1-9]\\d{0,4})';
const IDENTIFIER = '(?:0|[1-9]\\d{0,4}|\\d*[A-Za-z-][0-9A-Za-z-]*)';
/** Three numbers, with or without a pre-release: GrowthBook's padded texts order these as semantic versioning does. */
const FULL = new RegExp(`^${NUMBER}(\\.${NUMBER}){2}(-${IDENTIFIER}(\\.${IDENTIFIER})*)?$`);
const SHORT = new RegExp(`^${NUMBER}(\\.${NUMBER})?$`);

/** What GrowthBook reads where there is no text and no number. */
const NONE = '0';

/**
 * GrowthBook compares versions as texts in which every number is padded to five characters. Of versions of three numbers
 * that is the usual order; of others it is not (`1.2` is before `1.2.0`), hence the caveat. Anything that is no text and
 * no number counts as `0`, which can be decided here.
 */
export function passesVersion(comparison: Comparison, expected: JsonValue, reading: Reading, path: Path): Passing {
  const version = stripped(expected);
  const full = FULL.test(version);
  if (!full && !SHORT.test(version)) {
    lose(reading, 'version', path, `compares with ${JSON.stringify(expected)}, which is no version such as "1.2.3"`);
    return nothing;
  }
  reading.notes.note(
    'loose-version',
    path,
    'compares versions as texts; an attribute that is a number, or a text other than three numbers of up to five digits such as "1.2.3", may be ordered differently; write versions in full',
  );
  const none = holds(comparison, padded(NONE), padded(version));
  const others = none && [{ in: [true, false, ''] }, { type: 'list' as const }, { type: 'object' as const }];
  const range = full ? `${comparison}${version}` : shortRange(comparison, version);
  return passing(
    [
      range === undefined ? { in: [version, `v${version}`] } : { type: 'string', asVersion: { semver: range } },
      ...(others || []),
    ],
    none,
  );
}

function stripped(expected: JsonValue): string {
  const text = typeof expected === 'number' ? String(expected) : expected;
  return typeof text === 'string' && text !== '' ? text.replace(/(^v|\+.*$)/g, '') : NONE;
}

/** Every version of three numbers is after one of fewer numbers that it begins with, and equals none. */
function shortRange(comparison: Comparison, version: string): string | undefined {
  if (comparison === '=') return undefined;
  const first = version.includes('.') ? `${version}.0` : `${version}.0.0`;
  return comparison.startsWith('<') ? `<${first}` : `>=${first}`;
}

function padded(version: string): string {
  const parts = version.split(/[-.]/);
  if (parts.length === 3) parts.push('~');
  return parts.map((part) => (/^\d+$/.test(part) ? part.padStart(5, ' ') : part)).join('-');
}

function holds(comparison: Comparison, a: string, b: string): boolean {
  switch (comparison) {
    case '=':
      return a === b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}
