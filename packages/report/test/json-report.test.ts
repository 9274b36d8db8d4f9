import type { JsonValue } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { jsonReport } from '../src/json-report.ts';
import { eld, franc, impactOf, lande } from './fixtures/impact.ts';

describe('jsonReport', () => {
  it('gives each candidate the figures of both arms, the four deltas, the sample size and the verdict', () => {
    const [flag] = jsonReport([impactOf([franc, eld, lande], { crossovers: 3, skippedLines: 2, duplicates: 1 })]).flags;
    expect(flag).toMatchObject({ flag: 'language-router', skipped_lines: 2, duplicates: 1 });
    const [stage] = flag?.stages ?? [];
    expect(stage).toMatchObject({ stage: '3', crossovers: 3, sample_ratio: { status: 'balanced' } });
    expect(stage?.candidates.map(({ variant, verdict }) => [variant, verdict])).toEqual([
      ['eld', 'promote'],
      ['lande', 'rollback'],
    ]);
    expect(stage?.candidates[0]).toMatchObject({
      arms: {
        candidate: { variant: 'eld', quality: 0.987, latency: 0.041, cost: 0.0011, error_rate: 0.002 },
        control: { variant: 'franc-min', quality: 0.89, latency: 0.112, cost: 0.0012, error_rate: 0.021 },
      },
      sample_size: { candidate: { units: 2000, runs: 16_000 }, control: { units: 2000, runs: 16_000 } },
      quality_delta: { estimate: expect.closeTo(0.097, 9), margin: 0.02 },
      latency_delta: { estimate: expect.closeTo(-0.071, 9), margin: expect.closeTo(0.0112, 9) },
      cost_delta: { estimate: expect.closeTo(-0.0001, 9) },
      error_rate_delta: { estimate: expect.closeTo(-0.019, 9), margin: 0.01 },
      other_deltas: { ttft: null, tokens: null, feedback: null },
    });
    const delta = stage?.candidates[0]?.quality_delta;
    expect(delta?.low).toBeGreaterThan(0.08);
    expect(delta?.high).toBeLessThan(0.11);
    expect(stage?.candidates[1]?.reasons[0]).toMatch(/^quality: worse/);
  });

  it('has null where nothing was recorded, and where there is no control', () => {
    const { cost: _, ...free } = eld;
    const [withControl] = jsonReport([impactOf([franc, free])]).flags[0]?.stages ?? [];
    expect(withControl?.candidates[0]).toMatchObject({ cost_delta: null, arms: { candidate: { cost: null } } });
    const [alone] = jsonReport([impactOf([eld])]).flags[0]?.stages ?? [];
    expect(alone?.candidates[0]).toMatchObject({
      verdict: 'hold',
      quality_delta: null,
      arms: { control: null },
      sample_size: { control: null },
    });
  });

  it('survives JSON unchanged, with unbounded intervals as null', () => {
    const report = jsonReport([impactOf([franc, { ...eld, units: 1 }]), impactOf([])]);
    const value: JsonValue = report;
    expect(JSON.parse(JSON.stringify(value))).toEqual(report);
    expect(report.flags[0]?.stages[0]?.candidates[0]?.quality_delta).toMatchObject({ low: null, high: null });
  });

  it('lists its keys in the same order whatever was recorded', () => {
    const keys = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)])
        : [];
    const full = jsonReport([impactOf([franc, eld])]).flags[0]?.stages[0]?.candidates[0];
    const little = jsonReport([impactOf([franc, { variant: 'eld', arm: 'candidate', quality: 0.9 }])]).flags[0]
      ?.stages[0]?.candidates[0];
    expect(Object.keys(little ?? {})).toEqual(Object.keys(full ?? {}));
    expect(keys(little?.arms)).toEqual(keys(full?.arms));
  });
});
