import assert from 'node:assert/strict';
import type { MetricDefinition } from '@sluice/core';
import type { Runner } from './runner.ts';
import { type SummariseRecords, storeRecords } from './store-records.ts';

/** What is counted, in which summary, and in which window. Values are exact in binary, so sums have one answer. */
export function storeMomentsSuite({ describe, it }: Runner, summarise: SummariseRecords): void {
  const mean: MetricDefinition = { aggregate: 'mean', better: 'higher' };

  describe('summaries', () => {
    it('sums per unit first, then takes the moments over units', async () => {
      const { outcome } = storeRecords();
      const { summaries } = await summarise([
        outcome({ unit: 'ann', value: 0.5 }),
        outcome({ unit: 'ann', value: 1 }),
        outcome({ unit: 'ann', value: -0.25 }),
        outcome({ unit: 'bob', value: 4 }),
      ]);
      assert.deepEqual(summaries[0]?.metrics['quality'], {
        units: 2,
        n: 4,
        sum: 1.25 + 4,
        nn: 9 + 1,
        ss: 1.25 ** 2 + 16,
        ns: 3 * 1.25 + 4,
      });
    });

    it('keeps flags, stages, variants and arms apart', async () => {
      const { outcome } = storeRecords();
      const base = { flag: 'model', stage: 's1', variant: 'old', arm: 'control' } as const;
      const groups = [
        base,
        { ...base, flag: 'prompt' },
        { ...base, stage: '' },
        { ...base, variant: 'new', arm: 'candidate' } as const,
        { ...base, arm: 'none' } as const,
      ];
      const { summaries } = await summarise(
        groups.flatMap((group, index) => [
          outcome({ ...group, unit: `unit ${index}` }),
          outcome({ ...group, unit: `unit ${index} too` }),
        ]),
      );
      assert.equal(summaries.length, groups.length);
      for (const group of groups) {
        const same = summaries.filter((summary) =>
          Object.entries(group).every(([key, value]) => summary[key as keyof typeof group] === value),
        );
        assert.deepEqual(
          same.map((summary) => [summary.units, summary.runs, summary.metrics['quality']?.n]),
          [[2, 2, 2]],
        );
      }
    });

    it('takes every flag, or the one that was asked for', async () => {
      const { outcome } = storeRecords();
      const records = [outcome({ flag: 'a' }), outcome({ flag: 'b' }), outcome({ flag: "o'b" })];
      assert.deepEqual(
        (await summarise(records)).summaries.map((summary) => summary.flag),
        ['a', 'b', "o'b"],
      );
      assert.deepEqual(
        (await summarise(records, { flag: "o'b" })).summaries.map((summary) => summary.flag),
        ["o'b"],
      );
      assert.deepEqual((await summarise(records, { flag: 'c' })).summaries, []);
    });

    it('summarises the metrics that were asked for, and counts units, runs and times by all', async () => {
      const { outcome } = storeRecords();
      const records = [
        outcome({ unit: 'ann', run: 'r1', metric: 'quality', at: 20 }),
        outcome({ unit: 'ann', run: 'r1', metric: 'cost', at: 20 }),
        outcome({ unit: 'bob', run: 'r2', metric: 'cost', at: 10 }),
      ];
      const [summary] = (await summarise(records)).summaries;
      assert.deepEqual(Object.keys(summary?.metrics ?? {}), ['quality']);
      assert.deepEqual([summary?.units, summary?.runs, summary?.firstAt, summary?.lastAt], [2, 2, 10, 20]);
      assert.deepEqual((await summarise(records, { metrics: {} })).summaries[0]?.metrics, {});
    });

    it('leaves out a metric without outcomes', async () => {
      const { outcome } = storeRecords();
      const { summaries } = await summarise([outcome({})], { metrics: { quality: mean, cost: mean } });
      assert.deepEqual(Object.keys(summaries[0]?.metrics ?? {}), ['quality']);
    });

    it('takes any text as a name', async () => {
      const { outcome } = storeRecords();
      for (const text of ['__proto__', 'constructor', '', ' ', `"'\\`, 'a\nb', 'ünï 日本 🦀', '$to', '%', 'null']) {
        const metrics = Object.fromEntries([[text, mean]]);
        const names = { flag: text, stage: text, variant: text, unit: text, run: text, metric: text };
        const { summaries } = await summarise([outcome(names)], { flag: text, metrics });
        const { flag, stage, variant, metrics: found } = summaries[0] ?? {};
        assert.deepEqual([flag, stage, variant, Object.keys(found ?? {})], [text, text, text, [text]]);
      }
    });

    it('includes the start of the window and not its end', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [9, 10, 19, 20].flatMap((at) => [
        outcome({ at, unit: `${at}` }),
        exposure({ at, unit: `${at}` }),
      ]);
      const [summary] = (await summarise(records, { from: 10, to: 20 })).summaries;
      assert.deepEqual([summary?.units, summary?.exposedUnits, summary?.firstAt, summary?.lastAt], [2, 2, 10, 19]);
    });

    it('counts feedback when it came, not when its run was', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [
        exposure({ at: 1 }),
        outcome({ at: 2, run: 'r1', metric: 'latency' }),
        outcome({ at: 500, run: 'r1', metric: 'quality', value: 0.5 }),
      ];
      const [summary] = (await summarise(records, { from: 100 })).summaries;
      assert.deepEqual([summary?.exposedUnits, summary?.units, summary?.runs], [0, 1, 1]);
      assert.equal(summary?.metrics['quality']?.sum, 0.5);
    });

    it('has a summary for units that were exposed and have no outcome', async () => {
      const { exposure } = storeRecords();
      const { summaries } = await summarise([exposure({ at: 10 }), exposure({ at: 20, unit: 'bob' })]);
      assert.deepEqual(summaries, [
        {
          flag: 'model',
          stage: 's1',
          variant: 'old',
          arm: 'control',
          exposedUnits: 2,
          units: 0,
          runs: 0,
          firstAt: 10,
          lastAt: 20,
          metrics: {},
        },
      ]);
    });

    it('says the share of the latest exposure that knows it', async () => {
      const { exposure } = storeRecords();
      const { summaries } = await summarise([
        exposure({ at: 10, unit: 'a', share: 0.25 }),
        exposure({ at: 30, unit: 'b' }),
        exposure({ at: 20, unit: 'c', share: 0.5 }),
      ]);
      assert.equal(summaries[0]?.share, 0.5);
    });
  });
}
