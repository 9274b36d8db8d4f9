import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareUtf8, utf8 } from '../src/bucketing/utf8.ts';

const wellFormed = fc.string({ unit: 'binary' });
const any = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));

it('utf8 gives the bytes that TextEncoder gives, half surrogate pairs included', () => {
  fc.assert(
    fc.property(fc.oneof(wellFormed, any), (text) => {
      expect(utf8(text)).toEqual(new TextEncoder().encode(text));
    }),
    { numRuns: 2000 },
  );
});

it('compareUtf8 orders as the UTF-8 bytes are ordered', () => {
  const close = fc
    .array(fc.constantFrom('', 'a', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'))
    .map((parts) => parts.join(''));
  const text = fc.oneof(wellFormed, close);
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
    }),
    { numRuns: 5000 },
  );
});

it('compareUtf8 is an order on every string, also on half surrogate pairs', () => {
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      expect(Math.sign(compareUtf8(a, b))).toBe(0 - Math.sign(compareUtf8(b, a)));
      expect(compareUtf8(a, b) === 0).toBe(a === b);
      const [first = '', second = '', third = ''] = [a, b, c].sort(compareUtf8);
      expect(compareUtf8(first, second) <= 0 && compareUtf8(second, third) <= 0 && compareUtf8(first, third) <= 0).toBe(
        true,
      );
    }),
  );
});
