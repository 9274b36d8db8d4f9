import type { MeasurementRecord, Sink } from '@sluice/core';
import { type MemorySink, memorySink } from '../src/sinks/memory-sink.ts';

export interface FaultySink extends MemorySink {
  /** Whether writes are refused from now on. */
  failing: boolean;
  /** While set, a write waits for it. */
  gate: Promise<void> | undefined;
  /** Every batch offered, refused ones too. */
  readonly offered: (readonly MeasurementRecord[])[];
  /** Writes under way at the same time, at most. */
  readonly mostAtOnce: number;
  readonly closes: number;
}

/** A memory sink that can be made to refuse, and to take its time. */
export function faultySink(): FaultySink {
  const inner = memorySink();
  let atOnce = 0;
  const sink = {
    ...inner,
    failing: false,
    gate: undefined as Promise<void> | undefined,
    offered: [] as (readonly MeasurementRecord[])[],
    mostAtOnce: 0,
    closes: 0,
    async write(batch: readonly MeasurementRecord[]) {
      sink.offered.push(batch);
      atOnce += 1;
      sink.mostAtOnce = Math.max(sink.mostAtOnce, atOnce);
      await sink.gate;
      atOnce -= 1;
      if (sink.failing) throw new Error('the disk is full');
      await inner.write(batch);
    },
    async close() {
      sink.closes += 1;
      await inner.close();
    },
  } satisfies Sink & Record<string, unknown>;
  return sink;
}
