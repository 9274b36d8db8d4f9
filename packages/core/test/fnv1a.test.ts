import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fnv1a } from '../src/bucketing/fnv1a.ts';
import { texts } from './texts.ts';

it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('fnv1a of %j', (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});

it('fnv1a multiplies modulo 2^32 over the UTF-16 units of every string', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let hash = 0x811c9dc5n;
      for (let index = 0; index < text.length; index++) {
        hash = ((hash ^ BigInt(text.charCodeAt(index))) * 0x01000193n) % 2n ** 32n;
      }
      expect(fnv1a(text)).toBe(Number(hash));
    }),
    { numRuns: 2000 },
  );
});

it('fnv1a of a text that goes on from another is that of the two joined', () => {
  fc.assert(
    fc.property(texts, texts, (first, second) => {
      expect(fnv1a(second, fnv1a(first))).toBe(fnv1a(first + second));
    }),
  );
});
