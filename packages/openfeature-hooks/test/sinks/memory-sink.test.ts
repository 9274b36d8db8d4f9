import { sinkSuite } from '@sluice/conformance';
import { describe, it } from 'vitest';
import { type MemorySink, memorySink } from '../../src/sinks/memory-sink.ts';

const sinks = new Map<string, MemorySink[]>();

sinkSuite(
  { describe, it },
  {
    name: 'memory',
    create: (place) => {
      const sink = memorySink();
      sinks.set(place, [...(sinks.get(place) ?? []), sink]);
      return sink;
    },
    readBack: async (place) => (sinks.get(place) ?? []).flatMap(({ records }) => records),
    without: { key: 'every memory sink is a place of its own' },
  },
);
