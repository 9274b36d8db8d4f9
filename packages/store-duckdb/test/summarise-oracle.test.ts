import { storeSuite } from '@sluice/conformance';
import { describe, it } from 'vitest';
import { summariseByHand } from './oracle.ts';

// The oracle has to know the numbers that were worked out by hand before it may judge DuckDB's.
storeSuite(
  { describe, it },
  {
    name: 'oracle',
    create: (records) => ({
      name: 'oracle',
      async flags() {
        const names = [...new Set(records.map((record) => record.flag))].sort();
        return names.map((flag) => {
          const times = records.filter((record) => record.flag === flag).map((record) => record.at);
          return { flag, firstAt: Math.min(...times), lastAt: Math.max(...times) };
        });
      },
      summarise: async (query) => ({ ...summariseByHand(records, query), skippedLines: 0 }),
      close: async () => {},
    }),
  },
);
