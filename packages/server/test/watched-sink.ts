import { setTimeout as wait } from 'node:timers/promises';
import type { Sink } from '@sluice/core';
import { memorySink } from '@sluice/openfeature-hooks';

export interface WatchedSink {
  readonly sink: Sink;
  readonly stored: () => number;
  /** Calls that were under way at the same time, at most. */
  readonly most: () => number;
}

/** A sink that takes a while for each call. */
export function watchedSink(): WatchedSink {
  const memory = memorySink();
  let under = 0;
  let most = 0;
  const sink: Sink = {
    ...memory,
    async write(batch) {
      most = Math.max(most, ++under);
      await wait(5);
      await memory.write(batch);
      under -= 1;
    },
  };
  return { sink, stored: () => memory.records.length, most: () => most };
}
