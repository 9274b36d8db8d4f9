import assert from 'node:assert/strict';
import type { Runner } from './runner.ts';
import { type SummariseRecords, storeRecords } from './store-records.ts';

/** What counts once, and a unit that met two variants. */
export function storeIdentitySuite({ describe, it }: Runner, summarise: SummariseRecords): void {
  const candidate = { variant: 'new', arm: 'candidate' } as const;

  describe('duplicates', () => {
    it('counts the earliest outcome of a run, flag and metric', async () => {
      const { outcome } = storeRecords();
      const { summaries, duplicates } = await summarise([
        outcome({ run: 'r1', at: 20, value: 2 }),
        outcome({ run: 'r1', at: 10, value: 1 }),
        outcome({ run: 'r1', at: 30, value: 4 }),
        outcome({ run: 'r1', at: 30, flag: 'other', value: 8 }),
        outcome({ run: 'r1', at: 30, metric: 'cost', value: 16 }),
      ]);
      assert.deepEqual(
        summaries.map((summary) => summary.metrics['quality']?.sum),
        [1, 8],
      );
      assert.equal(duplicates, 2);
    });

    it('counts the smaller id of two outcomes of one time', async () => {
      const { outcome } = storeRecords();
      const { summaries, duplicates } = await summarise([
        outcome({ run: 'r1', id: 'b', value: 2 }),
        outcome({ run: 'r1', id: 'a', value: 1 }),
      ]);
      assert.equal(summaries[0]?.metrics['quality']?.sum, 1);
      assert.equal(duplicates, 1);
    });

    it('counts a record once that a sink wrote twice', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [exposure({}), outcome({})];
      const once = await summarise(records);
      assert.deepEqual(await summarise([...records, ...records]), { ...once, duplicates: 2 });
    });

    it('counts a unit as exposed when it met the variant first, in each stage', async () => {
      const { exposure } = storeRecords();
      const records = [exposure({ at: 10 }), exposure({ at: 20 }), exposure({ at: 20, stage: 's2' })];
      const { summaries, duplicates } = await summarise(records);
      assert.deepEqual(
        summaries.map((summary) => [summary.exposedUnits, summary.firstAt]),
        [
          [1, 10],
          [1, 20],
        ],
      );
      assert.equal(duplicates, 1);
    });

    it('knows a duplicate by records from before the window, and by none from after it', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [
        exposure({ at: 10, unit: 'ann' }),
        exposure({ at: 20, unit: 'ann' }),
        outcome({ at: 10, unit: 'ann', run: 'r1' }),
        outcome({ at: 20, unit: 'ann', run: 'r1' }),
        outcome({ at: 20, unit: 'bob', run: 'r2' }),
        outcome({ at: 30, unit: 'bob', run: 'r2' }),
      ];
      const { summaries, duplicates } = await summarise(records, { from: 20, to: 30 });
      assert.deepEqual(
        summaries.map((summary) => [summary.exposedUnits, summary.units, summary.runs]),
        [[0, 1, 1]],
      );
      assert.equal(duplicates, 2);
    });

    it('counts duplicates of the flag that was asked for', async () => {
      const { outcome } = storeRecords();
      const records = ['a', 'a', 'b', 'b', 'b'].map((flag) => outcome({ flag, run: 'r1' }));
      assert.equal((await summarise(records, { flag: 'a' })).duplicates, 1);
    });
  });

  describe('crossovers', () => {
    it('counts a unit of two variants in the variant it was exposed to first', async () => {
      const { exposure, outcome } = storeRecords();
      const { summaries, crossovers } = await summarise([
        outcome({ ...candidate, unit: 'ann', at: 5, value: 1 }),
        exposure({ unit: 'ann', at: 10 }),
        outcome({ unit: 'ann', at: 11, value: 2 }),
        exposure({ ...candidate, unit: 'ann', at: 20 }),
        outcome({ ...candidate, unit: 'ann', at: 21, value: 4 }),
        exposure({ ...candidate, unit: 'bob', at: 20 }),
        outcome({ ...candidate, unit: 'bob', at: 21, value: 8 }),
      ]);
      assert.deepEqual(
        summaries.map((summary) => [
          summary.variant,
          summary.exposedUnits,
          summary.units,
          summary.metrics['quality']?.sum,
        ]),
        [
          ['new', 1, 1, 8],
          ['old', 1, 1, 2],
        ],
      );
      assert.deepEqual(crossovers, [{ flag: 'model', stage: 's1', units: 1 }]);
    });

    it('goes by the first outcome where a unit was never exposed', async () => {
      const { outcome } = storeRecords();
      const { summaries, crossovers } = await summarise([
        outcome({ ...candidate, at: 20 }),
        outcome({ at: 10, metric: 'cost' }),
        outcome({ at: 30 }),
      ]);
      assert.deepEqual(
        summaries.map((summary) => [summary.variant, summary.runs]),
        [['old', 2]],
      );
      assert.deepEqual(crossovers, [{ flag: 'model', stage: 's1', units: 1 }]);
    });

    it('is no crossover to meet another variant in another stage or flag', async () => {
      const { exposure } = storeRecords();
      const { summaries, crossovers } = await summarise([
        exposure({}),
        exposure({ ...candidate, stage: 's2' }),
        exposure({ ...candidate, flag: 'other' }),
      ]);
      assert.equal(summaries.length, 3);
      assert.deepEqual(crossovers, []);
    });

    it('counts crossovers per flag and stage', async () => {
      const { exposure } = storeRecords();
      const crossing = (fields: { flag?: string; stage?: string; unit: string }) => [
        exposure(fields),
        exposure({ ...fields, ...candidate, at: 2000 }),
      ];
      const { crossovers } = await summarise([
        ...crossing({ unit: 'ann' }),
        ...crossing({ unit: 'bob' }),
        ...crossing({ unit: 'ann', stage: 's2' }),
        ...crossing({ unit: 'ann', flag: 'other' }),
        exposure({ unit: 'cy' }),
      ]);
      assert.deepEqual(crossovers, [
        { flag: 'model', stage: 's1', units: 2 },
        { flag: 'model', stage: 's2', units: 1 },
        { flag: 'other', stage: 's1', units: 1 },
      ]);
    });

    it('knows the first variant from before the window, and crossovers by units that were seen in it', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [
        exposure({ unit: 'ann', at: 10 }),
        outcome({ ...candidate, unit: 'ann', at: 50 }),
        exposure({ unit: 'bob', at: 10 }),
        exposure({ ...candidate, unit: 'bob', at: 20 }),
        outcome({ unit: 'cy', at: 50 }),
        outcome({ ...candidate, unit: 'cy', at: 90 }),
      ];
      const { summaries, crossovers } = await summarise(records, { from: 50, to: 90 });
      assert.deepEqual(
        summaries.map((summary) => [summary.variant, summary.units]),
        [['old', 1]],
      );
      assert.deepEqual(crossovers, [{ flag: 'model', stage: 's1', units: 1 }]);
    });
  });
}
