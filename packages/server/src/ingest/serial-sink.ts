import type { Sink } from '@sluice/core';

/** Batches that may wait for the sink; the next one is refused, because a sink so far behind is not catching up. */
const MAX_WAITING = 100;

/**
 * A sink takes one call at a time. Here any number of callers may write; each waits for those before it. A recorder and a
 * server that write to one place are both given the same of these.
 */
export function serialSink(sink: Sink): Sink {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const { key } = sink;
  return {
    name: sink.name,
    async write(batch) {
      if (waiting >= MAX_WAITING) throw new Error(`${sink.name} has ${waiting} batches waiting already`);
      waiting += 1;
      const written = last
        .then(() => sink.write(batch))
        .finally(() => {
          waiting -= 1;
        });
      // The next one is written whatever became of this one.
      last = written.catch(() => undefined);
      return written;
    },
    ...(key === undefined ? {} : { key: () => key.call(sink) }),
    close: async () => {
      await last;
      await sink.close();
    },
  };
}
