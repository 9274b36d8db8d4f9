import assert from 'node:assert/strict';
import type { MetricDefinition, OutcomeRecord, QuantileSummary } from '@sluice/core';
import type { Runner } from './runner.ts';
import { type SummariseRecords, storeRecords } from './store-records.ts';

/** The 95th percentile, its clustered interval, and the threshold that arms share. The numbers were worked out by hand. */
export function storeQuantilesSuite({ describe, it }: Runner, summarise: SummariseRecords): void {
  const metrics: Record<string, MetricDefinition> = { latency: { aggregate: 'p95', better: 'lower' } };

  /** One outcome of each value; `unitOf` says whose. */
  function outcomes(values: readonly number[], unitOf: (index: number) => number, fields: Partial<OutcomeRecord> = {}) {
    const { outcome } = storeRecords();
    return values.map((value, index) => {
      const [unit, run] = [`unit ${unitOf(index)}`, `run ${index} ${fields.variant} ${fields.stage}`];
      return outcome({ metric: 'latency', value, unit, run, ...fields });
    });
  }

  async function p95(
    values: readonly number[],
    unitOf = (index: number) => index,
  ): Promise<QuantileSummary | undefined> {
    const { summaries } = await summarise(outcomes(values, unitOf), { metrics });
    return summaries[0]?.metrics['latency']?.p95;
  }

  const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

  /** Whose the outcomes are that come in turns: the first of unit 0, the next of unit 1. */
  const ownersOf = (counts: readonly number[]): readonly number[] =>
    counts.flatMap((count, unit) => Array<number>(count).fill(unit));

  describe('p95', () => {
    it('is the smallest outcome that at least 95% of them do not exceed', async () => {
      const byCount = [
        [1, 1],
        [2, 2],
        [19, 19],
        [20, 19],
        [21, 20],
        [39, 38],
        [40, 38],
        [41, 39],
        [100, 95],
        [101, 96],
      ];
      for (const [count = 0, expected] of byCount) assert.equal((await p95(upTo(count)))?.value, expected);
    });

    it('does not depend on the order or the sign of the outcomes', async () => {
      assert.equal((await p95([...upTo(20)].reverse().map((value) => -value)))?.value, -2);
    });

    it('is absent where the metric asks for a mean', async () => {
      const { summaries } = await summarise(
        outcomes([1, 2], () => 1),
        {
          metrics: { latency: { aggregate: 'mean', better: 'lower' } },
        },
      );
      assert.deepEqual(Object.keys(summaries[0]?.metrics['latency'] ?? {}).sort(), [
        'n',
        'nn',
        'ns',
        'ss',
        'sum',
        'units',
      ]);
    });

    it('counts strictly above it, per unit', async () => {
      const values = [...upTo(19), 19, 19, 30, 31];
      const summary = await p95(values, (index) => (index < 20 ? 0 : 1));
      assert.deepEqual(summary, {
        value: 30,
        above: { units: 2, n: 23, sum: 1, nn: 20 ** 2 + 3 ** 2, ss: 1, ns: 3 },
        low: null,
        high: null,
        shared: { threshold: 30, above: { units: 2, n: 23, sum: 1, nn: 20 ** 2 + 3 ** 2, ss: 1, ns: 3 } },
      });
    });

    it('has nothing above it where the largest outcomes tie', async () => {
      const summary = await p95([...Array(80).fill(1), ...Array(20).fill(5)]);
      assert.deepEqual([summary?.value, summary?.above.sum, summary?.low, summary?.high], [5, 0, 5, 5]);
    });

    it('has an interval of 1.96 standard errors of the share above it', async () => {
      // 100 units, 5 above: the error is sqrt(4.75 * 100 / 99) / 100, the levels .9071 and .9929.
      const summary = await p95(upTo(100));
      assert.deepEqual([summary?.value, summary?.low, summary?.high], [95, 91, 100]);
    });

    it('has a wider interval where the outcomes of a unit are alike', async () => {
      // 40 units of 25 equal outcomes: the error is sqrt(1187.5 * 40 / 39) / 1000, the levels .8816 and 1.0184.
      const values = upTo(1000).map((value) => Math.ceil(value / 25));
      const alike = await p95(values, (index) => Math.floor(index / 25));
      assert.deepEqual([alike?.value, alike?.low, alike?.high], [38, 36, null]);
      // The same outcomes of 1000 units: sqrt(47.5 * 1000 / 999) / 1000, the levels .9365 and .9635.
      const apart = await p95(values);
      assert.deepEqual([apart?.value, apart?.low, apart?.high], [38, 38, 39]);
    });

    it('has a wider interval where the units are few', async () => {
      // 4 units of 100 outcomes, of which 8, 6, 4 and 2 are above: sqrt(20 * 4 / 3) / 400, the levels .9247 and .9753.
      const owners = [...ownersOf([92, 94, 96, 98]), ...ownersOf([8, 6, 4, 2])];
      const summary = await p95(upTo(400), (index) => owners[index] ?? 0);
      assert.deepEqual([summary?.value, summary?.low, summary?.high], [380, 370, 391]);
    });

    it('has an interval of no width where every unit has the same share above it', async () => {
      // The residuals are 0; as doubles they would not be, and the upper end another outcome.
      const owners = [...ownersOf([19, 19, 38, 57, 19]), ...ownersOf([1, 1, 2, 3, 1])];
      const summary = await p95(upTo(160), (index) => owners[index] ?? 0);
      assert.deepEqual([summary?.value, summary?.low, summary?.high], [152, 152, 152]);
    });

    it('has no interval below 73 outcomes, or of a single unit', async () => {
      const [few, enough, alone] = [await p95(upTo(72)), await p95(upTo(73)), await p95(upTo(100), () => 1)];
      assert.deepEqual([few?.low, few?.high], [null, null]);
      assert.deepEqual([enough?.value, enough?.low, enough?.high], [70, 67, 73]);
      assert.deepEqual([alone?.low, alone?.high], [null, null]);
    });

    it('shares the threshold of candidate and control with every arm of the stage', async () => {
      const candidate = { variant: 'new', arm: 'candidate' } as const;
      const { summaries } = await summarise(
        [
          ...outcomes(upTo(20), (index) => index),
          ...outcomes(
            upTo(20).map((value) => value + 20),
            (index) => 100 + index,
            candidate,
          ),
          ...outcomes([30, 1000, 1001], () => 200, { variant: 'other', arm: 'none' }),
        ],
        { metrics },
      );
      const found = summaries.map(({ variant, metrics: { latency } }) => {
        const { value, shared } = latency?.p95 ?? {};
        return [variant, value, shared?.threshold, shared?.above.sum, shared?.above.ss, shared?.above.ns];
      });
      assert.deepEqual(found, [
        ['new', 39, 38, 2, 2, 2],
        ['old', 19, 38, 0, 0, 0],
        ['other', 1001, 38, 2, 4, 6],
      ]);
    });

    it('shares no threshold between stages, and has its own where a stage compares nobody', async () => {
      const none = { arm: 'none', stage: '' } as const;
      const { summaries } = await summarise(
        [
          ...outcomes([1000], () => 1),
          ...outcomes(upTo(20), () => 1, { ...none, variant: 'a' }),
          ...outcomes(upTo(40), () => 2, { ...none, variant: 'b' }),
        ],
        { metrics },
      );
      const found = summaries.map(({ variant, metrics: { latency } }) => {
        return [variant, latency?.p95?.value, latency?.p95?.shared.threshold, latency?.p95?.shared.above.sum];
      });
      assert.deepEqual(found, [
        ['a', 19, 19, 1],
        ['b', 38, 38, 2],
        ['old', 1000, 1000, 0],
      ]);
    });
  });
}
