import { type JsonValue, type Path, parseDocument } from '@sluice/core';
import { nothing, type Passing, passing } from './passing.ts';
import { lose, type Reading } from './reading.ts';

/** Escapes that mean the same in JavaScript and RE2: classes, controls, and punctuation as itself. */
const SHARED_ESCAPE = /^(?:[dDwWsSbBtrnfv]|x[0-9A-Fa-f]{2}|[^0-9A-Za-z_\s])/;

/**
 * `$regex` tests the attribute's text, and the text `null` where it is missing. A pattern that JavaScript refuses matches
 * nobody, nor does one named like a method of every object: the SDK finds that method in its cache.
 */
export function passesPattern(expected: JsonValue, insensitive: boolean, reading: Reading, path: Path): Passing {
  const test = typeof expected === 'string' ? compiled(expected, insensitive) : undefined;
  if (typeof expected !== 'string' || test === undefined) return nothing;
  const pattern = insensitive ? `(?i)${expected}` : expected;
  if (misread(expected) || !readable(pattern)) {
    lose(
      reading,
      'pattern-unreadable',
      path,
      `has the pattern ${JSON.stringify(expected)}, which RE2 cannot read or reads as another; write it without lookaround, back references and rare escapes`,
    );
    return nothing;
  }
  if (differs(expected, insensitive)) {
    reading.notes.note(
      'pattern',
      path,
      `has the pattern ${JSON.stringify(expected)}; for text with line breaks or characters outside ASCII, RE2 and JavaScript may find different matches`,
    );
  }
  return passing([{ asText: { matches: pattern } }], test.test('null'));
}

function compiled(source: string, insensitive: boolean): RegExp | undefined {
  const cached = insensitive ? `${source}/i` : source;
  if (cached in Object.prototype) return undefined;
  try {
    return new RegExp(source, insensitive ? 'i' : '');
  } catch {
    return undefined;
  }
}

/** Whether it holds an escape or a class that JavaScript takes for plain characters and RE2 does not, or the reverse. */
function misread(source: string): boolean {
  for (let index = source.indexOf('\\'); index >= 0; index = source.indexOf('\\', index + 2)) {
    if (!SHARED_ESCAPE.test(source.slice(index + 1))) return true;
  }
  return /\[\[?:|\[\^?\]|\[\^?\[/.test(source);
}

/** Core reads patterns; a small document asks it. */
function readable(pattern: string): boolean {
  const segments = { pattern: { when: { text: { matches: pattern } } } };
  return parseDocument({ sluice: 1, segments }).document !== undefined;
}

/**
 * The dot, spaces, what a negation leaves over and the cases of some letters: JavaScript walks UTF-16 units and knows more
 * line breaks and spaces, RE2 walks characters and folds the cases of more of them.
 */
function differs(source: string, insensitive: boolean): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is ASCII
  if (/[^\x00-\x7f]/.test(source) || /\(\?[^:]/.test(source) || /\[\^/.test(source)) return true;
  const bare = source.replace(/\\[^sSDW]/g, '');
  return /[.\\]/.test(bare) || (insensitive && /[ksKS[]/.test(source));
}
