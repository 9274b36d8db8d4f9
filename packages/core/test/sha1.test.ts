import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha1 } from '../src/bucketing/sha1.ts';
import { texts, textsAroundBlocks } from './texts.ts';

function hexadecimal(text: string): string {
  const digest = new Int32Array(5);
  sha1(text, digest);
  return Array.from(digest, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const expected = (text: string): string => createHash('sha1').update(text).digest('hex');

it('sha1 agrees with node:crypto on every string', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(hexadecimal(text)).toBe(expected(text));
    }),
    { numRuns: 5000 },
  );
});

it('sha1 agrees with node:crypto at the ends of blocks, and wherever the first character that is not ASCII is', () => {
  for (const text of textsAroundBlocks()) if (hexadecimal(text) !== expected(text)) expect.fail(JSON.stringify(text));
});

it('sha1 hashes a text of a million characters, and a short one after it', () => {
  const text = 'sluice'.repeat(200_000);
  for (const each of [text, `${text}é`, 'sluice']) expect(hexadecimal(each)).toBe(expected(each));
});
