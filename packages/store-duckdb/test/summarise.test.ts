import type { MeasurementRecord, MetricDefinition, SummaryQuery } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duckdbStore } from '../src/index.ts';
import { summariseByHand } from './oracle.ts';
import { segmentDirectory, toLines } from './segment-directory.ts';

const metrics: Record<string, MetricDefinition> = {
  latency: { aggregate: 'p95', better: 'lower' },
  ttft: { aggregate: 'p95', better: 'lower' },
  quality: { aggregate: 'mean', better: 'higher' },
};

/** Few flags, stages, units, runs and times, so that records often meet; mostly one flag and stage, so that some arms have many. */
const drawn = fc.record({
  isExposure: fc.nat(4).map((chance) => chance === 0),
  repeated: fc.nat(9).map((chance) => chance === 0),
  crossing: fc.nat(30).map((chance) => chance === 0),
  flag: fc.nat(6).map((chance) => (chance === 0 ? 'b' : 'a')),
  stage: fc.nat(7).map((chance) => ['', 's2'][chance] ?? 's1'),
  unit: fc.nat(40),
  run: fc.nat(2000),
  at: fc.nat(60),
  metric: fc.constantFrom('latency', 'latency', 'latency', 'ttft', 'quality', 'unasked'),
  value: fc.oneof(fc.nat(12), fc.double({ min: 0, max: 1e6, noNaN: true })),
  share: fc.option(fc.constantFrom(0, 0.1, 0.5, 1), { nil: undefined }),
});

const drawnOften = fc.oneof(
  fc.array(drawn, { maxLength: 80, size: 'max' }),
  fc.array(drawn, { minLength: 800, maxLength: 1500, size: 'max' }),
);

const records = drawnOften.map((draws) =>
  draws.flatMap((draw, index): MeasurementRecord[] => {
    const variant =
      (['old', 'new', 'old', 'new', 'third'] as const)[(draw.unit + (draw.crossing ? 1 : 0)) % 5] ?? 'old';
    const arm = ({ old: 'control', new: 'candidate', third: 'none' } as const)[variant];
    const { flag, stage, at, metric, value, share } = draw;
    const id = `${(index * 7919) % 1000}-${index}`; // in another order than the lines
    const base = { v: 1, id, at, flag, variant, arm, stage, unit: `unit ${draw.unit}` } as const;
    const record: MeasurementRecord = draw.isExposure
      ? { ...base, type: 'exposure', ...(share !== undefined && { share }) }
      : { ...base, type: 'outcome', run: `run ${draw.run}`, metric, value };
    return draw.repeated ? [record, record] : [record];
  }),
);

const query = fc
  .record({ flag: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), ends: fc.tuple(fc.nat(60), fc.nat(60)) })
  .map(({ flag, ends: [one, other] }): SummaryQuery => {
    const window = { from: Math.min(one, other) % 30, to: 20 + Math.max(one, other) };
    return { ...window, metrics, ...(flag !== undefined && { flag }) };
  });

const damage = fc.constantFrom(
  '',
  '{"v":1,"at":',
  '{"v":',
  '{"v":1,"type":"outcome","id":"x","at":5,"fl',
  '[',
  'junk',
  '{}',
  '[1]',
);

describe('summarise', () => {
  it('agrees with maps and loops over any records, however they are spread over damaged segments', async () => {
    let wideIntervals = 0;
    await fc.assert(
      fc.asyncProperty(records, query, fc.array(damage, { maxLength: 6 }), async (all, asked, damages) => {
        const segments: Record<string, string> = {};
        all.forEach((record, index) => {
          const name = `${(index * 31) % 4}.ndjson`;
          segments[name] = (segments[name] ?? '') + toLines([record]);
        });
        damages.forEach((text, index) => {
          const name = `${index % 4}.ndjson`;
          const before = segments[name] ?? '';
          // The first four are torn ends of a segment; later ones stand before whole lines.
          segments[name] = index < 4 ? before + text : `${text}\n${before}`;
        });
        const directory = await segmentDirectory(segments);
        const store = duckdbStore(directory);
        const { skippedLines, ...report } = await store.summarise(asked);
        await store.close();
        const expected = summariseByHand(all, asked);
        expect(skippedLines).toBe(damages.filter((text) => text !== '').length);
        expectAgreement(flatten(inOrder(report)), flatten(inOrder(expected)));
        for (const { metrics } of expected.summaries)
          if (typeof metrics['latency']?.p95?.high === 'number') wideIntervals++;
      }),
      { numRuns: 40 },
    );
    // What was drawn has to reach the part of the report that needs many outcomes.
    expect(wideIntervals).toBeGreaterThan(0);
  }, 120_000);
});

function inOrder<Report extends Omit<ReturnType<typeof summariseByHand>, never>>(report: Report): unknown {
  const byText = (a: object, b: object): number => (keyOf(a) < keyOf(b) ? -1 : 1);
  return { ...report, summaries: [...report.summaries].sort(byText), crossovers: [...report.crossovers].sort(byText) };
}

function keyOf(entry: { flag?: string; stage?: string; variant?: string; arm?: string }): string {
  return JSON.stringify([entry.flag, entry.stage, entry.variant, entry.arm]);
}

/** Path to value, for each value in a report. */
function flatten(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, inner]) => flatten(inner, `${path}/${key}`));
}

function expectAgreement(actual: readonly [string, unknown][], expected: readonly [string, unknown][]): void {
  expect(actual.map(([path]) => path)).toEqual(expected.map(([path]) => path));
  for (const [index, [path, value]] of expected.entries()) {
    const found = actual[index]?.[1];
    const near =
      typeof value === 'number' && typeof found === 'number' && Math.abs(value - found) <= 1e-9 * Math.abs(value);
    if (!near) expect([path, found]).toEqual([path, value]);
  }
}
