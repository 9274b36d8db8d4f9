import { compileDocument, evaluate, parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPattern, isReadAlike } from '../src/flagsmith/flagsmith-pattern.ts';

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    '1',
    '-',
    ' ',
    '.',
    'é',
    '^',
    '$',
    '|',
    '(',
    ')',
    '(?:',
    '(?<n>',
    '(?=',
    '(?!',
    '[',
    ']',
    '[^',
    '[a-',
    '[:',
    '[[:',
  ],
  ...[
    '{',
    '}',
    '{2}',
    '{1,}',
    '{,2}',
    '*',
    '+',
    '?',
    '*?',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\b',
    '\\B',
    '\\.',
    '\\/',
    '\\_',
  ],
  ...[
    '\\n',
    '\\t',
    '\\v',
    '\\x41',
    '\\x',
    '\\u0041',
    '\\1',
    '\\A',
    '\\z',
    '\\Q',
    '\\E',
    '\\pL',
    '\\a',
    '\\0',
    '\\',
    '&&',
    ',',
  ],
);
const patterns = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const texts = fc.string({ unit: fc.constantFrom(...'ab1A- .{},[]:é_\n\t&^$/nx'), maxLength: 5 });

describe('a pattern that is read alike', () => {
  it('matches the same texts in RE2 as in JavaScript, if RE2 takes it', () => {
    let compared = 0;
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 1, maxLength: 8 }), (pattern, each) => {
        if (!isPattern(pattern) || !isReadAlike(pattern)) return;
        const document = {
          sluice: 1,
          flags: { it: { rules: [{ when: { text: { matches: pattern } }, serve: 'on' }] } },
        };
        const parsed = parseDocument(document).document;
        if (parsed === undefined) return;
        const flags = compileDocument(parsed);
        for (const text of each) {
          expect(evaluate(flags, 'it', { text }).value, `${pattern} on ${JSON.stringify(text)}`).toBe(
            new RegExp(pattern).test(text),
          );
          compared++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});
