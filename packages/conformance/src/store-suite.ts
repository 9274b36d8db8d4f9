import assert from 'node:assert/strict';
import type { MeasurementRecord, MetricDefinition, Store, Summary, SummaryQuery, SummaryReport } from '@sluice/core';
import type { Runner } from './runner.ts';
import { storeIdentitySuite } from './store-identity-suite.ts';
import { storeMomentsSuite } from './store-moments-suite.ts';
import { storeQuantilesSuite } from './store-quantiles-suite.ts';
import { type SummariseRecords, storeRecords } from './store-records.ts';

export interface StoreSuiteOptions {
  /** What the tests call the store. */
  readonly name: string;
  /** Makes a store that holds these records and no others. */
  readonly create: (records: readonly MeasurementRecord[]) => Store | Promise<Store>;
}

const quality: MetricDefinition = { aggregate: 'mean', better: 'higher' };
const everything: SummaryQuery = { from: 0, to: 1_000_000, metrics: { quality } };

/** What an analysis relies on in every store. */
export function storeSuite(runner: Runner, options: StoreSuiteOptions): void {
  const { describe, it } = runner;
  const { name, create } = options;

  async function withStore<Result>(records: readonly MeasurementRecord[], ask: (store: Store) => Promise<Result>) {
    const store = await create(records);
    try {
      return await ask(store);
    } finally {
      await store.close();
    }
  }

  const summarise: SummariseRecords = (records, query) =>
    withStore(records, async (store) => inOrder(await store.summarise({ ...everything, ...query })));

  describe(`store: ${name}`, () => {
    it('has a name for messages', async () => {
      assert.ok((await withStore([], async (store) => store.name)).length > 0);
    });

    it('has no flags and an empty report where nothing was recorded', async () => {
      assert.deepEqual(await withStore([], (store) => store.flags()), []);
      assert.deepEqual(await summarise([]), { summaries: [], crossovers: [], skippedLines: 0, duplicates: 0 });
    });

    it('lists each flag with its first and last record, in order of name', async () => {
      const { exposure, outcome } = storeRecords();
      const records = [
        outcome({ flag: 'b', at: 30 }),
        exposure({ flag: 'b', at: 10, unit: 'bob' }),
        outcome({ flag: 'b', at: 20 }),
        exposure({ flag: 'a', at: 50 }),
        outcome({ flag: 'é', at: 60 }),
      ];
      assert.deepEqual(await withStore(records, (store) => store.flags()), [
        { flag: 'a', firstAt: 50, lastAt: 50 },
        { flag: 'b', firstAt: 10, lastAt: 30 },
        { flag: 'é', firstAt: 60, lastAt: 60 },
      ]);
    });

    it('answers several queries at once', async () => {
      const { outcome } = storeRecords();
      const records = [outcome({ at: 10 }), outcome({ at: 20 }), outcome({ at: 20, flag: 'other' })];
      await withStore(records, async (store) => {
        const [early, late, flags] = await Promise.all([
          store.summarise({ ...everything, to: 20 }),
          store.summarise({ ...everything, from: 20 }),
          store.flags(),
        ]);
        assert.deepEqual([early.summaries.length, late.summaries.length, flags.length], [1, 2, 2]);
      });
    });

    it('can be closed twice, and without a query', async () => {
      const unused = await create([]);
      await Promise.all([unused.close(), unused.close()]);
      const used = await create([storeRecords().outcome({})]);
      assert.equal((await used.flags()).length, 1);
      await used.close();
      await used.close();
    });

    storeMomentsSuite(runner, summarise);
    storeIdentitySuite(runner, summarise);
    storeQuantilesSuite(runner, summarise);
  });
}

/** The order of summaries and crossovers is the store's own. */
function inOrder(report: SummaryReport): SummaryReport {
  const key = ({ flag, stage, variant = '', arm = 'none' }: Partial<Summary>) =>
    JSON.stringify([flag, stage, variant, arm]);
  const sorted = <Entry extends Partial<Summary>>(entries: readonly Entry[]) =>
    [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { ...report, summaries: sorted(report.summaries), crossovers: sorted(report.crossovers) };
}
