import type { Sink } from '@sluice/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultySink, faultySink } from './faulty-sink.ts';
import { offer, queueTo, storedIn, upTo, useFakeTimers } from './numbered-queue.ts';

let sink: FaultySink;
beforeEach(() => {
  sink = faultySink();
});

describe('flush', () => {
  it('needs no timer, and resolves when everything offered before is stored', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 25);
    await queue.flush();
    expect(storedIn(sink)).toEqual(upTo(25));
    expect(sink.offered.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(queue.counts()).toEqual({ stored: 25, dropped: 0, failedWrites: 0 });
  });

  it('does not wait for what is offered after it was called', async () => {
    const queue = queueTo(sink, { batchSize: 5 });
    offer(queue, 0, 5);
    const flushed = queue.flush();
    offer(queue, 5, 5);
    await flushed;
    expect(storedIn(sink)).toEqual(upTo(5));
    await queue.close();
  });

  it('writes one batch at a time, however many ask', async () => {
    const queue = queueTo(sink);
    offer(queue, 0, 50);
    await Promise.all([queue.flush(), queue.flush(), queue.flush()]);
    expect(sink.mostAtOnce).toBe(1);
    expect(storedIn(sink)).toEqual(upTo(50));
  });

  it('tries a failing sink three times, then resolves with the records kept in order', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 12);
    sink.failing = true;
    await queue.flush();
    expect(queue.counts()).toEqual({ stored: 0, dropped: 0, failedWrites: 3, lastError: 'the disk is full' });
    sink.failing = false;
    await queue.flush();
    expect(storedIn(sink)).toEqual(upTo(12));
  });

  it('offers the very same batch again after a failure', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 3);
    sink.failing = true;
    await queue.flush();
    expect(sink.offered).toHaveLength(3);
    expect(sink.offered[1]).toBe(sink.offered[0]);
  });

  it('counts a sink that throws instead of rejecting, whatever it throws', async () => {
    useFakeTimers();
    const throwing = { ...sink, write: () => raise(Object.create(null)) };
    const queue = queueTo(throwing);
    offer(queue, 0, 1);
    await queue.flush();
    expect(queue.counts()).toMatchObject({ failedWrites: 3, lastError: '[Object: null prototype] {}' });
  });
});

describe('the buffer', () => {
  it('drops and counts what comes when it is full, a batch under way included', async () => {
    useFakeTimers();
    const queue = queueTo(sink, { maxBuffered: 15 });
    sink.failing = true;
    offer(queue, 0, 10);
    await queue.flush();
    offer(queue, 10, 10);
    expect(queue.offer(99)).toBe(false);
    expect(queue.counts()).toMatchObject({ dropped: 6 });
    sink.failing = false;
    await queue.flush();
    expect(storedIn(sink)).toEqual(upTo(15));
    expect(queue.offer(100)).toBe(true);
  });
});

describe('close', () => {
  it('stores what is buffered, closes the sink once, and drops what comes after', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    offer(queue, 0, 5);
    const closing = queue.close();
    expect(queue.offer(5)).toBe(false);
    await Promise.all([closing, queue.close()]);
    await queue.close();
    await queue.flush();
    expect(storedIn(sink)).toEqual(upTo(5));
    expect(sink.closes).toBe(1);
    expect(queue.counts()).toEqual({ stored: 5, dropped: 1, failedWrites: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('drops and counts what a failing sink does not take in three tries', async () => {
    useFakeTimers();
    const queue = queueTo(sink);
    sink.failing = true;
    offer(queue, 0, 25);
    await queue.close();
    expect(queue.counts()).toEqual({ stored: 0, dropped: 25, failedWrites: 3, lastError: 'the disk is full' });
    expect(sink.closes).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not count as dropped what the flush of somebody else still stores', async () => {
    let tries = 0;
    let late: Promise<void> | undefined;
    const recovering: Sink = {
      ...sink,
      async write(batch) {
        tries += 1;
        const mine = tries;
        await Promise.resolve();
        // One try behind `close`, so it has one left when `close` has none.
        if (mine === 2) late = queue.flush();
        if (mine < 4) throw new Error('not yet');
        await sink.write(batch);
      },
    };
    const queue = queueTo(recovering);
    offer(queue, 0, 3);
    await queue.close();
    await late;
    expect(storedIn(sink)).toEqual(upTo(3));
    expect(queue.counts()).toMatchObject({ stored: 3, dropped: 0, failedWrites: 3 });
  });

  it('resolves where the sink cannot be closed, and says why', async () => {
    const queue = queueTo({ ...sink, close: () => raise(new Error('handle is gone')) });
    await queue.close();
    expect(queue.counts()).toMatchObject({ lastError: 'handle is gone' });
  });
});

function raise(error: unknown): never {
  throw error;
}
