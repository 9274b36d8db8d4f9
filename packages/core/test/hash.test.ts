import fc from 'fast-check';
import { expect, it } from 'vitest';
import { xxh32 } from '../src/bucketing/hash.ts';
import { oracle } from './oracle.ts';

/** Strings of any UTF-16 units, half surrogate pairs among them. */
const units = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd800, max: 0xdfff }),
    ),
    { maxLength: 80 },
  )
  .map((codes) => String.fromCharCode(...codes));
const seed = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
);

it('xxh32 agrees with xxhash-wasm on every string and seed', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }), units),
      seed,
      (text, each) => {
        expect(xxh32(text, each)).toBe(oracle(text, each));
      },
    ),
    { numRuns: 20_000 },
  );
});

it('xxh32 agrees with xxhash-wasm wherever the first character that is not ASCII is', () => {
  for (let length = 0; length <= 70; length++) {
    for (let position = 0; position < length; position++) {
      for (const odd of ['\u0080', 'é', '\uffff', '\ud800', '😀']) {
        const text = 'a'.repeat(position) + odd + 'b'.repeat(length - position - 1);
        if (xxh32(text, length) !== oracle(text, length)) expect.fail(`${JSON.stringify(text)} with seed ${length}`);
      }
    }
  }
});

it('xxh32 hashes a text of a million characters', () => {
  const text = 'sluice'.repeat(200_000);
  expect(xxh32(text, 7)).toBe(oracle(text, 7));
  expect(xxh32(`${text}é`, 7)).toBe(oracle(`${text}é`, 7));
});
