import { execFile } from 'node:child_process';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sinkSuite } from '@sluice/conformance';
import type { MeasurementRecord, OutcomeRecord } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../src/recorder.ts';
import { ndjsonSink } from '../../src/sinks/ndjson-sink.ts';
import { env, programPath } from '../program.ts';
import { readRecords, readSegments } from '../read-segments.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const root = temporaryDirectory();

sinkSuite(
  { describe, it },
  {
    name: 'ndjson',
    create: (place) => ndjsonSink(join(root, place)),
    readBack: async (place) => readRecords(join(root, place)),
  },
);

sinkSuite(
  { describe, it },
  {
    name: 'ndjson with fsync and small segments',
    create: (place) => ndjsonSink(join(root, 'fsync', place), { fsync: true, maxSegmentBytes: 64 * 1024 }),
    readBack: async (place) => readRecords(join(root, 'fsync', place)),
  },
);

const outcome = (value: number): OutcomeRecord => ({
  ...{ v: 1, type: 'outcome', id: `id-${value}`, at: value, run: `run-${value}`, flag: 'f', variant: 'a', arm: 'none' },
  ...{ stage: '', unit: 'u', metric: 'quality', value },
});

describe('ndjsonSink', () => {
  it('touches nothing before the first write', async () => {
    const directory = join(root, 'untouched');
    const sink = ndjsonSink(directory);
    await sink.write([]);
    await sink.close();
    expect(existsSync(directory)).toBe(false);
  });

  it('names segments so that they sort by time and belong to one sink', async () => {
    const directory = join(root, 'names');
    const before = new Date();
    for (const value of [1, 2]) {
      const sink = ndjsonSink(directory);
      await sink.write([outcome(value)]);
      await sink.close();
    }
    const names = readSegments(directory).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name).toMatch(new RegExp(`^\\d{8}T\\d{9}Z-${process.pid}-[0-9a-f]{8}\\.ndjson$`));
      expect(name.slice(0, 15) >= before.toISOString().replaceAll(/[-:.]/g, '').slice(0, 15)).toBe(true);
    }
  });

  it('begins a new segment before one would grow past its limit', async () => {
    const directory = join(root, 'rotated');
    const sink = ndjsonSink(directory, { maxSegmentBytes: 1_000 });
    for (let value = 0; value < 30; value += 1) await sink.write([outcome(value)]);
    await sink.write(Array.from({ length: 20 }, (_, index) => outcome(30 + index)));
    await sink.close();
    const segments = readSegments(directory);
    expect(segments.length).toBeGreaterThan(4);
    for (const { name, records } of segments) {
      // A batch is never divided, however large it is.
      expect(statSync(join(directory, name)).size <= 1_000 || records.length === 20).toBe(true);
    }
    expect(
      readRecords(directory)
        .map(({ at }) => at)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('rejects while the directory cannot be made, and recovers when it can', async () => {
    const blocked = join(root, 'blocked');
    writeFileSync(blocked, 'a file where the directory should be');
    const sink = ndjsonSink(join(blocked, 'records'));
    await expect(sink.write([outcome(1)])).rejects.toThrow(/ENOTDIR/);
    rmSync(blocked);
    await sink.write([outcome(1)]);
    await sink.close();
    expect(readRecords(join(blocked, 'records'))).toEqual([outcome(1)]);
  });

  it('leaves the recorder to count a disk that fails, and nothing reaches the application', async () => {
    const blocked = join(root, 'no-disk');
    writeFileSync(blocked, '');
    const recorder = createRecorder({ sink: ndjsonSink(join(blocked, 'records')), key: '0123456789abcdef' });
    recorder.startRun({ flag: 'f', variant: 'a', arm: 'none', stage: '', unit: 'u' }).record({ quality: 1 });
    await recorder.flush();
    expect(recorder.counts()).toMatchObject({ stored: 0, dropped: 0, failedWrites: 3 });
    expect(recorder.counts().lastError).toMatch(/ENOTDIR/);
    await recorder.close();
    expect(recorder.counts()).toMatchObject({ stored: 0, dropped: 1 });
  });

  it('leaves a segment after a write that was cut short, and offers the whole batch to a new one', async () => {
    const directory = join(root, 'limited');
    // 64 blocks of 1 KiB hold a few batches and a part of the next.
    const script = `trap '' XFSZ; ulimit -f 64; exec "$0" "$1" "$2" 400`;
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', script, process.execPath, programPath('write-under-a-limit'), directory],
      { env },
    );
    const { ids, counts } = JSON.parse(stdout) as { ids: string[]; counts: Record<string, number> };
    expect(counts).toMatchObject({ stored: 400, dropped: 0 });
    expect(counts['failedWrites']).toBeGreaterThan(0);

    const segments = readSegments(directory);
    const torn = segments.filter((segment) => segment.torn);
    expect(torn).toHaveLength(counts['failedWrites'] as number);
    const stored = new Set(segments.flatMap(({ records }) => records.map(runOf)));
    expect([...stored].toSorted()).toEqual(ids.toSorted());
    // What was stored twice is the same record, so a store can count it once.
    const copies = new Map<string, Set<string>>();
    for (const record of segments.flatMap(({ records }) => records)) {
      copies.set(runOf(record), (copies.get(runOf(record)) ?? new Set()).add(JSON.stringify(record)));
    }
    expect([...copies.values()].every((texts) => texts.size === 1)).toBe(true);
  });
});

function runOf(record: MeasurementRecord): string {
  return record.type === 'outcome' ? record.run : '';
}
