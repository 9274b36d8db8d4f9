import type { JsonValue, Path } from '@sluice/core';
import { readPattern } from '../pattern.ts';
import { isInherited } from '../reserved-names.ts';
import { nothing, type Passing, passing } from './passing.ts';
import { lose, type Reading } from './reading.ts';

/**
 * `$regex` tests the attribute's text, and the text `null` where it is missing. A pattern that JavaScript refuses matches
 * nobody, nor does one named like a method of every object: the SDK finds that method in its cache.
 */
export function passesPattern(expected: JsonValue, ignoreCase: boolean, reading: Reading, path: Path): Passing {
  if (typeof expected !== 'string' || isInherited(ignoreCase ? `${expected}/i` : expected)) return nothing;
  const read = readPattern(expected, ignoreCase);
  if (read === 'never') return nothing;
  if (read === 'unreadable') {
    lose(
      reading,
      'pattern-unreadable',
      path,
      `has the pattern ${JSON.stringify(expected)}, which RE2 cannot read or reads as another; write it without lookaround, back references and rare escapes`,
    );
    return nothing;
  }
  if (read === 'may differ') {
    reading.notes.note(
      'pattern',
      path,
      `has the pattern ${JSON.stringify(expected)}; for text with line breaks or characters outside ASCII, RE2 and JavaScript may find different matches`,
    );
  }
  const matches = ignoreCase ? `(?i)${expected}` : expected;
  return passing([{ asText: { matches } }], new RegExp(expected, ignoreCase ? 'i' : '').test('null'));
}
