import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { faultySink } from './faulty-sink.ts';
import { queueTo, storedIn, useFakeTimers } from './numbered-queue.ts';

describe('the counts', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('offer' as const), count: fc.integer({ min: 1, max: 12 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), waits: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), failing: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('timer' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), waits: fc.boolean() }) },
  );

  it('add up after any sequence: offered is stored, dropped or buffered, and buffered never exceeds its bound', async () => {
    useFakeTimers();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const sink = faultySink();
        const queue = queueTo(sink, { maxBuffered: 20, batchSize: 4 });
        const accepted: number[] = [];
        const pending: Promise<void>[] = [];
        let offered = 0;
        for (const action of steps) {
          if (action.do === 'offer') {
            for (let count = 0; count < action.count; count += 1) {
              if (queue.offer(offered)) accepted.push(offered);
              offered += 1;
            }
          } else if (action.do === 'fail') sink.failing = action.failing;
          else if (action.do === 'timer') await vi.advanceTimersByTimeAsync(2_000);
          else {
            const done = queue[action.do]();
            if (action.waits) await done;
            else pending.push(done);
          }
          const { stored, dropped } = queue.counts();
          expect(stored).toBeLessThanOrEqual(sink.records.length);
          expect(offered - stored - dropped).toBeGreaterThanOrEqual(0);
          expect(offered - stored - dropped).toBeLessThanOrEqual(20);
        }
        sink.failing = false;
        await Promise.all(pending);
        await queue.flush();
        const { stored, dropped } = queue.counts();
        expect(stored + dropped).toBe(offered);
        expect(stored).toBe(sink.records.length);
        const times = storedIn(sink);
        // What was accepted is stored in order; only closing a failing sink may cut its end off.
        expect(times).toEqual(accepted.slice(0, times.length));
        if (sink.closes === 0) expect(times).toEqual(accepted);
        await queue.close();
        expect(sink.mostAtOnce).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
