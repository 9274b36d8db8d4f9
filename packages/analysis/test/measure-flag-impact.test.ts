import type { Store, SummaryQuery } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { measureFlagImpact } from '../src/measure-flag-impact.ts';
import { armSummary, momentsOf } from './fixtures/measured.ts';

/** A store that holds two flags in memory and remembers what it was asked. */
function twoFlags(): Store & { readonly asked: SummaryQuery[] } {
  const asked: SummaryQuery[] = [];
  return {
    asked,
    name: 'memory',
    flags: async () => [
      { flag: 'router', firstAt: 0, lastAt: 5 },
      { flag: 'support-model', firstAt: 1_000, lastAt: 900_000_000 },
    ],
    summarise: async (query) => {
      asked.push(query);
      const metrics = { quality: momentsOf([[1], [0]]) };
      return {
        summaries: [armSummary('claude', 'candidate', metrics)],
        crossovers: [],
        skippedLines: 1,
        duplicates: 0,
      };
    },
    close: async () => {},
  };
}

describe('measureFlagImpact', () => {
  it('looks at the days before the latest record of the flag, that record included', async () => {
    const store = twoFlags();
    const impact = await measureFlagImpact(store, 'support-model', { days: 7 });
    expect(impact.window).toEqual({ from: 900_000_001 - 7 * 86_400_000, to: 900_000_001 });
    expect(store.asked).toMatchObject([{ flag: 'support-model', ...impact.window }]);
    expect(impact.stages[0]?.candidates[0]?.figures.variant).toBe('claude');
    expect(impact.skippedLines).toBe(1);
  });

  it('ends where it is told to', async () => {
    const impact = await measureFlagImpact(twoFlags(), 'support-model', { days: 0.5, until: 800_000_000 });
    expect(impact.window).toEqual({ from: 800_000_000 - 43_200_000, to: 800_000_000 });
  });

  it('takes the default metrics, replaced by name and joined by those it is given', async () => {
    const store = twoFlags();
    const refunds = { aggregate: 'mean', better: 'lower', margin: 0.01 } as const;
    const quality = { aggregate: 'mean', better: 'higher', margin: 0.1 } as const;
    const impact = await measureFlagImpact(store, 'support-model', { days: 1, metrics: { refunds, quality } });
    expect(impact.metrics).toMatchObject({ refunds, quality, latency: { aggregate: 'p95' } });
    expect(store.asked[0]?.metrics).toBe(impact.metrics);
  });

  it('names the flags that the store has when asked for another', async () => {
    await expect(measureFlagImpact(twoFlags(), 'suport-model', { days: 7 })).rejects.toThrow(
      'memory has no record of the flag "suport-model". It has: "router", "support-model".',
    );
    const empty = { ...twoFlags(), flags: async () => [] };
    await expect(measureFlagImpact(empty, 'router', { days: 7 })).rejects.toThrow('It has no records at all.');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d days', async (days) => {
    await expect(measureFlagImpact(twoFlags(), 'router', { days })).rejects.toThrow('days must be a number above 0');
  });
});
