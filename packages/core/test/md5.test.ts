import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { md5, md5Modulo } from '../src/bucketing/md5.ts';
import { texts, textsAroundBlocks } from './texts.ts';

function hexadecimal(text: string): string {
  const digest = new Int32Array(4);
  md5(text, digest);
  const bytes = Buffer.alloc(16);
  for (const [index, word] of digest.entries()) bytes.writeInt32LE(word, index * 4);
  return bytes.toString('hex');
}

const expected = (text: string): string => createHash('md5').update(text).digest('hex');

it('md5 agrees with node:crypto on every string', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(hexadecimal(text)).toBe(expected(text));
    }),
    { numRuns: 5000 },
  );
});

it('md5 agrees with node:crypto at the ends of blocks, and wherever the first character that is not ASCII is', () => {
  for (const text of textsAroundBlocks()) if (hexadecimal(text) !== expected(text)) expect.fail(JSON.stringify(text));
});

it('md5 hashes a text of a million characters, and a short one after it', () => {
  const text = 'sluice'.repeat(200_000);
  for (const each of [text, `${text}é`, 'sluice']) expect(hexadecimal(each)).toBe(expected(each));
});

it('md5Modulo is the rest of all 128 bits, for every modulus up to 2^15', () => {
  const modulus = fc.oneof(
    fc.constantFrom(1, 2, 100, 9999, 2 ** 15 - 1, 2 ** 15),
    fc.integer({ min: 1, max: 2 ** 15 }),
  );
  fc.assert(
    fc.property(texts, modulus, (text, each) => {
      expect(md5Modulo(text, each)).toBe(Number(BigInt(`0x${expected(text)}`) % BigInt(each)));
    }),
    { numRuns: 5000 },
  );
});
