import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapText } from '../src/wrap-text.ts';

describe('wrapText', () => {
  it('breaks between words and indents what follows', () => {
    expect(wrapText('one two three four', 11, '- ', '  ')).toEqual(['- one two', '  three', '  four']);
  });

  it('keeps every word in order, and no line is too wide unless one word is', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (text, width) => {
        const lines = wrapText(text.join(' '), width);
        expect(lines.join(' ')).toBe(text.join(' '));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
