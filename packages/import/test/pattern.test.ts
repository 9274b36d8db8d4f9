import { compileDocument, evaluate, type JsonObject } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPattern } from '../src/pattern.ts';

const shared = [
  ...['a', 'b', 'k', 'S', '1', '0', '-', ' ', ',', ':', 'é', 'ß', 'ſ', '\u212a', '\ufb06', 'İ', 'µ', '😀', '\t'],
  ...['^', '$', '.', '|', '(', ')', '(?:', '*', '+', '?', '*?', '{2}', '{0}', '{1,}', '{,2}', '{1,2}', '{', '}'],
  ...['[', ']', '[^', '[a-', '[k-', '[[', '[é-\uffff]', '[x-é]'],
  ...['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\b', '\\B', '\\.', '\\/', '\\_', '\\-', '\\]', '\\@', '\\<'],
  ...['\\n', '\\r', '\\t', '\\v', '\\f', '\\x41', '\\x6b', '\\xdf'],
];
/** What only one of them has, or each reads in a way of its own. */
const peculiar = [
  ...['(?<n>', '(?=', '(?!', '(?i)', '(?P<n>', '(?', '{01}', '{1,02}', '{1001}', '{2,1}', '😀?', '\ud83d', '[é-😀]'],
  ...['[]', '[^]', '[:', '[[:', ':]', '[:alpha:]', '[[:alpha:]]', '[.', '[a-\\d', '[\\b', '&&', '\\ ', '\\é', '\\😀'],
  ...['\\x', '\\u0041', '\\1', '\\0', '\\cA', '\\A', '\\z', '\\Q', '\\E', '\\pL', '\\p{L}', '\\a', '\\C', '\\'],
];
const someOf = (pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((all) => all.join(''));
const patterns = fc.oneof(
  { weight: 6, arbitrary: someOf(shared) },
  { weight: 3, arbitrary: someOf([...shared, ...peculiar]) },
  { weight: 1, arbitrary: fc.constantFrom('[^]a[b]', 'a{01}', '\\B', '(?:a|)+', '(a*)*', '^\\w$', '(pro|free)$') },
);

const ascii = [...'abkKsS1A0- .{},[]:_&^$/nxop@@\n\t\f'];
const spaces = ['\r', '\v', '\u00a0', '\u1680', '\u2003', '\u2028', '\u2029', '\u202f', '\u3000', '\ufeff'];
const beyond = ['é', 'É', 'ß', '\u1e9e', 'ſ', '\u212a', 'ı', 'İ', 'µ', '\u0085', '\ufb05', '\ufffd', '\ue000'];
const astral = ['😀', '\ud83d', '\ude00', '𐐀', '𐐨'];
const texts = fc.oneof(
  fc.constantFrom('', 'a😀b', 'ſ', '\u212a', 'é', '\u1e9e', '\r', '\u2028'),
  fc.string({ unit: fc.constantFrom(...ascii), maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(...ascii, ...beyond), maxLength: 5 }),
  fc.string({ unit: fc.constantFrom(...ascii, ...spaces, ...beyond, ...astral), maxLength: 5 }),
);

/** Whether the caveat is about a text of these characters. */
const isOdd = (text: string, ignoreCase: boolean): boolean =>
  [...spaces, ...astral].some((each) => text.includes(each)) || (ignoreCase && /[\u0080-\uffff]/.test(text));

function inRe2(matches: string): (text: string) => boolean {
  const flags = compileDocument({
    sluice: 1,
    flags: { it: { rules: [{ when: { text: { matches } }, serve: 'on' }] } },
  });
  return (text) => evaluate(flags, 'it', { text } satisfies JsonObject).value === true;
}

describe('a JavaScript pattern', () => {
  it('finds in RE2 what it finds in JavaScript, but where its reading says that it may not', () => {
    const compared = { exact: 0, 'may differ': 0, ignoringCase: 0 };
    fc.assert(
      fc.property(
        patterns,
        fc.boolean(),
        fc.array(texts, { minLength: 1, maxLength: 12 }),
        (pattern, ignoreCase, all) => {
          const reading = readPattern(pattern, ignoreCase);
          if (reading === 'unreadable') return;
          const compile = () => new RegExp(pattern, ignoreCase ? 'i' : '');
          if (reading === 'never') {
            expect(compile).toThrow();
            return;
          }
          const javascript = compile();
          const re2 = inRe2(ignoreCase ? `(?i)${pattern}` : pattern);
          for (const text of all) {
            if (reading === 'may differ' && isOdd(text, ignoreCase)) continue;
            const asked = `${JSON.stringify(pattern)}, ${reading}, on ${JSON.stringify(text)}`;
            expect(re2(text), asked).toBe(javascript.test(text));
            compared[reading]++;
            if (ignoreCase) compared.ignoringCase++;
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(Math.min(...Object.values(compared))).toBeGreaterThan(500);
  });

  it.each([
    ['^[a-z]+@x\\.com$', 'exact'],
    ['\\bpro\\b', 'exact'],
    ['^\\d{1,3}$', 'exact'],
    ['[[x][.]', 'exact'],
    ['x{,2}', 'exact'],
    ['^.o', 'may differ'],
    ['[^a-z]', 'may differ'],
    ['\\s', 'may differ'],
    ['\\B', 'may differ'],
    ['é', 'may differ'],
    ['(?=a)', 'unreadable'],
    ['(a)\\1', 'unreadable'],
    ['(?<name>a)', 'unreadable'],
    ['\\u00e9', 'unreadable'],
    ['[^]a[b]', 'unreadable'],
    ['a{01}', 'unreadable'],
    ['😀?', 'unreadable'],
    ['x{1001}', 'unreadable'],
    ['(', 'never'],
    ['a**', 'never'],
  ])('such as %s is %s to RE2', (pattern, reading) => {
    expect(readPattern(pattern)).toBe(reading);
  });

  it.each([
    ['^pro$', 'exact'],
    ['task', 'may differ'],
    ['\\w', 'may differ'],
    ['\\xdf', 'may differ'],
    ['[a-z]', 'may differ'],
  ])('such as %s is %s where case is ignored', (pattern, reading) => {
    expect(readPattern(pattern, true)).toBe(reading);
  });
});
