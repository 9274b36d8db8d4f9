import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecorder } from '../src/recorder.ts';
import { assignment, buffered, key, recording } from './recording.ts';

describe('counts', () => {
  it('add up over any sequence of records, flushes and failures of the sink', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('expose' as const), unit: fc.integer({ min: 0, max: 8 }) }),
      fc.record({ do: fc.constant('record' as const), metrics: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ do: fc.constant('flush' as const), failing: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { recorder, sink } = recording({ maxBuffered: 10, batchSize: 3 });
        for (const action of steps) {
          if (action.do === 'expose') recorder.expose({ ...assignment, unit: `u${action.unit}` });
          else if (action.do === 'flush') {
            sink.failing = action.failing;
            await recorder.flush();
          } else {
            const metrics = Array.from({ length: action.metrics }, (_, index) => [`m${index}`, index]);
            recorder.startRun(assignment).record(Object.fromEntries(metrics));
          }
          expect(buffered(recorder)).toBeGreaterThanOrEqual(0);
          expect(buffered(recorder)).toBeLessThanOrEqual(10);
        }
        sink.failing = false;
        await recorder.flush();
        expect(buffered(recorder)).toBe(0);
        expect(recorder.counts().stored).toBe(sink.records.length);
        expect(new Set(sink.records.map(({ id }) => id)).size).toBe(sink.records.length);
        await recorder.close();
      }),
    );
  });

  it('say that a million outcomes recorded with flushes between are all stored', async () => {
    let stored = 0;
    const sink = {
      name: 'counting',
      write: async (batch: readonly unknown[]) => {
        stored += batch.length;
      },
      close: async () => {},
    };
    const recorder = createRecorder({ sink, key });
    for (let run = 0; run < 250_000; run += 1) {
      recorder.startRun(assignment).record({ quality: 1, latency: 250, cost: 0.002, errors: 0 });
      if (run % 2_000 === 0) await recorder.flush();
    }
    await recorder.close();
    expect(stored).toBe(1_000_000);
    expect(recorder.counts()).toMatchObject({ outcomes: 1_000_000, stored: 1_000_000, dropped: 0 });
  });

  it('say that of a million recorded in one go only the buffer is kept', async () => {
    const { recorder, sink } = recording();
    const run = recorder.startRun(assignment);
    run.record(Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`m${index}`, index])));
    expect(recorder.counts()).toMatchObject({ outcomes: 1_000_000, stored: 0, dropped: 990_000 });
    await recorder.close();
    expect(sink.records).toHaveLength(10_000);
    expect(recorder.counts()).toMatchObject({ stored: 10_000, dropped: 990_000 });
  });

  it('hold what comes after close as dropped', async () => {
    const { recorder, sink } = recording();
    await recorder.close();
    recorder.expose(assignment);
    recorder.startRun(assignment).record({ quality: 1 });
    await recorder.flush();
    expect(recorder.counts()).toMatchObject({ exposures: 1, outcomes: 1, stored: 0, dropped: 2 });
    expect(sink.records).toEqual([]);
  });
});
