import type { MeasurementRecord, Sink } from '@sluice/core';
import { onTestFinished, vi } from 'vitest';
import { WriteQueue, type WriteQueueOptions } from '../src/write-queue.ts';

const toRecord = (entry: number): MeasurementRecord => ({
  ...{
    v: 1,
    type: 'exposure',
    id: `id-${entry}`,
    at: entry,
    flag: 'f',
    variant: 'a',
    arm: 'none',
    stage: '',
    unit: 'u',
  },
});

/** A queue of numbers; each becomes a record of that time. */
export function queueTo(sink: Sink, options: Partial<WriteQueueOptions<number>> = {}): WriteQueue<number> {
  return new WriteQueue({ sink, maxBuffered: 100, batchSize: 10, flushIntervalMs: 1_000, toRecord, ...options });
}

export function offer(queue: WriteQueue<number>, from: number, count: number): void {
  for (let entry = from; entry < from + count; entry += 1) queue.offer(entry);
}

/** The numbers that a sink stored, in order. */
export function storedIn(sink: { readonly records: readonly MeasurementRecord[] }): number[] {
  return sink.records.map(({ at }) => at);
}

/** The numbers from 0 to below `count`. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** For the calling test only. */
export function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}
