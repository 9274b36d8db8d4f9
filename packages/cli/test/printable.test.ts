import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../src/printable.ts';

describe('a text from elsewhere', () => {
  it.each([
    ['\u001b[2Kall is well', '\\u{1b}[2Kall is well'],
    ['a\nb\tc', 'a\\u{a}b\\u{9}c'],
    ['\u009b2J', '\\u{9b}2J'],
    ['admin\u202egnp.exe', 'admin\\u{202e}gnp.exe'],
    ['a\u2028b', 'a\\u{2028}b'],
    ['\ud800', '\\u{d800}'],
  ])('%j is printed as %s', (text, printed) => {
    expect(printable(text)).toBe(printed);
  });

  it('is left alone where there is nothing to hide', () => {
    expect(printable('Größe: 模型 🚀 {"a": 1}')).toBe('Größe: 模型 🚀 {"a": 1}');
  });

  it('never holds a control when printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
