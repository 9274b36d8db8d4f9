import { appendFile, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storeSuite } from '@sluice/conformance';
import type { OutcomeRecord } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { duckdbStore } from '../src/index.ts';
import { segmentDirectory, toLines } from './segment-directory.ts';

storeSuite(
  { describe, it },
  {
    name: 'duckdb',
    create: async (records) => duckdbStore(await segmentDirectory({ 'a.ndjson': toLines(records) })),
  },
);

const query = { from: 0, to: 100, metrics: {} };

const outcome = (run: number): OutcomeRecord => ({
  v: 1,
  type: 'outcome',
  id: `id ${run}`,
  at: 1,
  flag: 'model',
  variant: 'old',
  arm: 'control',
  stage: '',
  unit: 'ann',
  run: `run ${run}`,
  metric: 'quality',
  value: 1,
});

describe('duckdbStore', () => {
  it('names the directory and the mend where there is none', async () => {
    const directory = join(await segmentDirectory(), 'nowhere');
    const store = duckdbStore(directory);
    const message = `Cannot read the records in ${directory}: there is no such directory. Give the store the directory that the recorder's sink writes to.`;
    await expect(store.summarise(query)).rejects.toThrow(message);
    await expect(store.flags()).rejects.toThrow(message);
    await store.close();
  });

  it('has no records where there is no segment, and finds those that come later', async () => {
    const directory = await segmentDirectory({ key: 'secret' });
    const store = duckdbStore(directory);
    expect(await store.summarise(query)).toEqual({ summaries: [], crossovers: [], skippedLines: 0, duplicates: 0 });
    await appendFile(join(directory, 'a.ndjson'), toLines([outcome(1)]));
    expect((await store.summarise(query)).summaries).toHaveLength(1);
    await rm(join(directory, 'a.ndjson'));
    expect((await store.summarise(query)).summaries).toHaveLength(0);
    await store.close();
  });

  it('counts a line that is being written once it is whole', async () => {
    const directory = await segmentDirectory();
    const segment = await open(join(directory, 'a.ndjson'), 'a');
    const [first, second] = [toLines([outcome(1)]), toLines([outcome(2)])];
    const store = duckdbStore(directory);
    await segment.write(first + second.slice(0, 40));
    const during = await store.summarise(query);
    await segment.write(second.slice(40));
    const after = await store.summarise(query);
    expect([during.summaries[0]?.runs, during.skippedLines]).toEqual([1, 1]);
    expect([after.summaries[0]?.runs, after.skippedLines]).toEqual([2, 0]);
    await segment.close();
    await store.close();
  });

  it('reads while others write, and never sees fewer records than before', async () => {
    const directory = await segmentDirectory({ 'a.ndjson': toLines([outcome(0)]) });
    const store = duckdbStore(directory);
    const seen: number[] = [];
    let writing = true;
    const writer = (async () => {
      for (let run = 1; run < 400; run++)
        await appendFile(join(directory, `${'ab'[run % 2]}.ndjson`), toLines([outcome(run)]));
      writing = false;
    })();
    while (writing) seen.push((await store.summarise(query)).summaries[0]?.runs ?? 0);
    await writer;
    seen.push((await store.summarise(query)).summaries[0]?.runs ?? 0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(400);
    await store.close();
  });

  it('answers what was asked before it was closed, and nothing after', async () => {
    const directory = await segmentDirectory({ 'a.ndjson': toLines([outcome(1)]) });
    const store = duckdbStore(directory);
    await store.flags();
    const asked = store.summarise(query);
    const closed = store.close();
    expect((await asked).summaries).toHaveLength(1);
    await closed;
    await expect(store.flags()).rejects.toThrow(`The store duckdb ${directory} is closed.`);
  });
});
