import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { duckdbStore } from '../src/index.ts';
import { segmentDirectory } from './segment-directory.ts';

/** A file of its own: every test file has a fresh process, in which nothing has loaded DuckDB yet. */
describe('database', () => {
  it('is loaded by the first query that finds a segment, not by the package, nor by a store', async () => {
    const loaded = (): boolean =>
      Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('@duckdb'));
    const empty = duckdbStore(await segmentDirectory());
    expect(await empty.flags()).toEqual([]);
    await empty.close();
    const store = duckdbStore(await segmentDirectory({ 'a.ndjson': '' }));
    expect(loaded()).toBe(false);
    await store.flags();
    await store.close();
    expect(loaded()).toBe(true);
  });
});
