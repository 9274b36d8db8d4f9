import { randomBytes } from 'node:crypto';
import type { MeasurementRecord, Sink } from '@sluice/core';

/** Keeps records in an array, for tests. */
export interface MemorySink extends Sink {
  /** What was written, in order. */
  readonly records: readonly MeasurementRecord[];
}

export function memorySink(): MemorySink {
  const records: MeasurementRecord[] = [];
  const key = randomBytes(32);
  let closed = false;
  return {
    name: 'memory',
    records,
    async write(batch) {
      if (closed) throw new Error('the memory sink is closed');
      for (const record of batch) records.push(record);
    },
    key: () => key,
    async close() {
      closed = true;
    },
  };
}
