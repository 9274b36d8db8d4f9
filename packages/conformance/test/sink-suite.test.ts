import type { MeasurementRecord, Sink } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { sinkSuite } from '../src/sink-suite.ts';

type Write = (records: MeasurementRecord[], batch: readonly MeasurementRecord[]) => void;

/** Runs the suite over a sink that keeps records in an array in its own way, and names the tests that fail. */
async function failures(write: Write, change: (sink: Sink) => Sink = (sink) => sink): Promise<string[]> {
  const tests: { name: string; body: () => void | Promise<void> }[] = [];
  const places = new Map<string, MeasurementRecord[]>();
  const at = (place: string): MeasurementRecord[] => {
    const records = places.get(place) ?? [];
    places.set(place, records);
    return records;
  };
  sinkSuite(
    { describe: (_, body) => body(), it: (name, body) => tests.push({ name, body }) },
    {
      name: 'array',
      create: (place) => {
        let closed = false;
        return change({
          name: 'array',
          async write(batch) {
            if (closed) throw new Error('closed');
            write(at(place), batch);
          },
          key: () => Buffer.from(place.padEnd(16)),
          async close() {
            closed = true;
          },
        });
      },
      readBack: async (place) => structuredClone(at(place)),
    },
  );
  const failed: string[] = [];
  for (const { name, body } of tests) {
    try {
      await body();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

const keepAll: Write = (records, batch) => records.push(...batch);

describe('the suite for sinks', () => {
  it('passes a sink that keeps what it is given', async () => {
    expect(await failures(keepAll)).toEqual([]);
  });

  it('finds a sink that loses a record', async () => {
    expect(await failures((records, batch) => records.push(...batch.slice(1)))).toContain(
      'has stored a batch once the write resolves, before it is closed',
    );
  });

  it('finds a sink that turns the order round', async () => {
    expect(await failures((records, batch) => records.push(...batch.toReversed()))).toContain(
      'keeps the order within a batch and from one batch to the next',
    );
  });

  it('finds a sink that cannot keep every text', async () => {
    const firstLine: Write = (records, batch) =>
      records.push(...batch.map((record) => ({ ...record, unit: record.unit.split('\n')[0] as string })));
    expect(await failures(firstLine)).toEqual(['keeps every character of a text']);
  });

  it('finds a sink that still takes records when it is closed', async () => {
    const neverClosed = (sink: Sink): Sink => ({ ...sink, close: async () => {} });
    expect(await failures(keepAll, neverClosed)).toEqual(['rejects a write after close and stores nothing of it']);
  });

  it('finds a sink whose key is short, and one whose key is another each time', async () => {
    const short = (sink: Sink): Sink => ({ ...sink, key: () => new Uint8Array(8) });
    expect(await failures(keepAll, short)).toContain(
      'gives a key, if it gives one, of 16 bytes or more and the same each time',
    );
    const changing = (sink: Sink): Sink => ({ ...sink, key: () => crypto.getRandomValues(new Uint8Array(16)) });
    expect(await failures(keepAll, changing)).toContain(
      'gives all sinks of one place one key, and those of another place another',
    );
  });
});
