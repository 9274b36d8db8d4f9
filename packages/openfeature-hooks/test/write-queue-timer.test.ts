import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultySink, faultySink } from './faulty-sink.ts';
import { offer, queueTo, storedIn, upTo, useFakeTimers } from './numbered-queue.ts';

let sink: FaultySink;
beforeEach(() => {
  sink = faultySink();
});

describe('the timer', () => {
  it('is armed while something is buffered, and only then', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    expect(vi.getTimerCount()).toBe(0);
    offer(queue, 0, 3);
    expect(vi.getTimerCount()).toBe(1);
    await queue.flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes what is buffered when it fires', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 3);
    await vi.advanceTimersByTimeAsync(999);
    expect(sink.records).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(storedIn(sink)).toEqual(upTo(3));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not let a whole batch wait', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 10);
    await vi.advanceTimersByTimeAsync(0);
    expect(storedIn(sink)).toEqual(upTo(10));
  });

  it('waits twice as long after each failure, half a minute at most, and recovers by itself', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    sink.failing = true;
    offer(queue, 0, 3);
    const waits: number[] = [];
    let last = Date.now();
    let clock = 0;
    for (let tries = 1; tries <= 8; tries += 1) {
      while (sink.offered.length < tries) {
        await vi.advanceTimersByTimeAsync(1_000);
        clock += 1_000;
      }
      waits.push(clock - (tries === 1 ? 0 : last));
      last = clock;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    sink.failing = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(storedIn(sink)).toEqual(upTo(3));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts no second round while a slow write is under way', async () => {
    useFakeTimers();
    const queue = queueTo(sink, { batchSize: 2 });
    const { promise, open } = gate();
    sink.gate = promise;
    offer(queue, 0, 2);
    await vi.advanceTimersByTimeAsync(0);
    offer(queue, 2, 8);
    expect(vi.getTimerCount()).toBe(0);
    open();
    await queue.flush();
    expect(storedIn(sink)).toEqual(upTo(10));
    expect(sink.mostAtOnce).toBe(1);
  });
});

describe('a sink that recovered', () => {
  it('is offered a whole batch at once again', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    sink.failing = true;
    offer(queue, 0, 1);
    await vi.advanceTimersByTimeAsync(1_000);
    offer(queue, 1, 20);
    await vi.advanceTimersByTimeAsync(0);
    expect(sink.offered).toHaveLength(1);
    sink.failing = false;
    await vi.advanceTimersByTimeAsync(2_000);
    offer(queue, 21, 10);
    await vi.advanceTimersByTimeAsync(0);
    expect(storedIn(sink)).toEqual(upTo(31));
  });
});

function gate(): { promise: Promise<void>; open: () => void } {
  let open: () => void = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}
