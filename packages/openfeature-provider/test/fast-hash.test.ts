import { xxh32 } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFastHash } from '../src/fast-hash.ts';

const seed = fc.integer({ min: 0, max: 0xffffffff });

describe('loadFastHash', () => {
  it('gives the number of xxh32 for every text and seed, lone surrogates included', async () => {
    const hash = await loadFastHash();
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(text, seed, (each, from) => hash(each, from) === xxh32(each, from)),
      { numRuns: 500 },
    );
  });

  it('gives the same number at every length around the one where it changes to WebAssembly', async () => {
    const hash = await loadFastHash();
    for (let length = 30; length <= 70; length++) {
      for (const unit of ['a', 'é', '\ud800']) {
        const text = unit.repeat(length);
        expect([length, unit, hash(text, 7)]).toEqual([length, unit, xxh32(text, 7)]);
      }
    }
  });

  it('hashes text of a megabyte, which needs more memory than the module begins with', async () => {
    const hash = await loadFastHash();
    const text = 'unit-é-'.repeat(150_000);
    expect(hash(text, 1)).toBe(xxh32(text, 1));
    expect(hash('short', 1)).toBe(xxh32('short', 1));
  });

  it('loads one module a process', async () => {
    expect(await loadFastHash()).toBe(await loadFastHash());
  });
});
