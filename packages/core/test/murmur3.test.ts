import fc from 'fast-check';
import { expect, it } from 'vitest';
import { murmur3OfLowBytes, murmur3OfUnits } from '../src/bucketing/murmur3.ts';
import { texts } from './texts.ts';

// Of the reference implementation, https://github.com/aappleby/smhasher, over the bytes of the text.
const vectors: readonly [text: string, seed: number, hash: number][] = [
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['a', 0x9747b28c, 0x7fa09ea6],
  ['aa', 0x9747b28c, 0x5d211726],
  ['aaa', 0x9747b28c, 0x283e0130],
  ['aaaa', 0x9747b28c, 0x5a97808a],
  ['abc', 0, 0xb3dd93fa],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
];

it.each(vectors)('murmur3OfLowBytes of %j with seed %i', (text, seed, hash) => {
  expect(murmur3OfLowBytes(text, seed)).toBe(hash);
});

it.each(vectors.filter(([, seed]) => seed === 0))('murmur3OfUnits of %j', (text, _seed, hash) => {
  expect(murmur3OfUnits(text)).toBe(hash);
});

it('murmur3OfLowBytes sees nothing of a unit but its low byte', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (text, seed) => {
      const low = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index) & 0xff);
      expect(murmur3OfLowBytes(text, seed)).toBe(murmur3OfLowBytes(String.fromCharCode(...low), seed));
    }),
  );
});

it('murmur3OfUnits differs from it only past U+00FF', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xff })), (codes) => {
      const text = String.fromCharCode(...codes);
      expect(murmur3OfUnits(text)).toBe(murmur3OfLowBytes(text, 0));
    }),
  );
  expect(murmur3OfUnits('漢')).not.toBe(murmur3OfLowBytes('漢', 0));
});

it('murmur3OfUnits lets a high byte fall on the unit after it', () => {
  expect(murmur3OfUnits('\u0141\u0042\u0043\u0044')).toBe(murmur3OfUnits('\u0041\u0043\u0043\u0044'));
  expect(murmur3OfUnits('\u0041\u0042\u0043\u0144')).toBe(murmur3OfUnits('\u0040\u0042\u0043\u0044'));
});

it('murmur3OfUnits leaves out a tail whose third unit is U+8000 or above', () => {
  expect(murmur3OfUnits('ab\u8000')).toBe(murmur3OfUnits('xy\u9fff'));
  expect(murmur3OfUnits('ab\u7fff')).not.toBe(murmur3OfUnits('xy\u7fff'));
  expect(murmur3OfUnits('ab\u8000c')).not.toBe(murmur3OfUnits('xy\u8000c'));
});
