import assert from 'node:assert/strict';
import type { ExposureRecord, MeasurementRecord, OutcomeRecord, Sink } from '@sluice/core';
import type { Runner } from './runner.ts';

export interface SinkSuiteOptions {
  /** What the tests call the sink. */
  readonly name: string;
  /** Makes a sink that records to `place`; asked several times for one place, as if by several processes. */
  readonly create: (place: string) => Sink;
  /** Everything stored in `place`; the records of one sink in the order in which they were written. */
  readonly readBack: (place: string) => Promise<readonly MeasurementRecord[]>;
  /** What the sink cannot do, each with the reason. */
  readonly without?: {
    /** Sinks of one place share no key. */
    readonly key?: string;
  };
}

/** What a recorder and a store rely on in every sink. */
export function sinkSuite(runner: Runner, options: SinkSuiteOptions): void {
  const { describe, it } = runner;
  const { name, create, readBack, without = {} } = options;
  let places = 0;
  const newPlace = (): string => `place-${++places}`;

  async function stored(...batches: readonly (readonly MeasurementRecord[])[]): Promise<readonly MeasurementRecord[]> {
    const place = newPlace();
    const sink = create(place);
    for (const batch of batches) await sink.write(batch);
    await sink.close();
    return readBack(place);
  }

  const title = without.key === undefined ? name : `${name} (no shared key: ${without.key})`;
  describe(`sink: ${title}`, () => {
    it('has a name for messages', async () => {
      const sink = create(newPlace());
      assert.ok(sink.name.length > 0);
      await sink.close();
    });

    it('has stored a batch once the write resolves, before it is closed', async () => {
      const place = newPlace();
      const sink = create(place);
      const batch = [exposure(1), outcome(2)];
      await sink.write(batch);
      assert.deepEqual(await readBack(place), batch);
      await sink.close();
      assert.deepEqual(await readBack(place), batch);
    });

    it('keeps the order within a batch and from one batch to the next', async () => {
      const records = Array.from({ length: 60 }, (_, index) => outcome(index));
      assert.deepEqual(await stored(records.slice(0, 20), records.slice(20, 21), records.slice(21)), records);
    });

    it('takes an empty batch and stores nothing for it', async () => {
      assert.deepEqual(await stored([], [outcome(1)], []), [outcome(1)]);
    });

    it('keeps every character of a text', async () => {
      const texts = [
        '',
        ' ',
        '"quoted"',
        "it's",
        'back\\slash',
        'two\nlines\r\n',
        '\u2028\u2029',
        '\u0000\t',
        'naïve 日本 🦀',
        '{}',
      ];
      const batch = texts.map((text, index) => ({
        ...outcome(index),
        variant: text,
        stage: text,
        unit: text,
        metric: text,
      }));
      assert.deepEqual(await stored(batch), batch);
    });

    it('keeps numbers exactly', async () => {
      const values = [0, 1, -1, 0.1 + 0.2, 1e-9, 5e-324, 1e21, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE];
      const batch = values.map((value, index) => ({ ...outcome(index), value }));
      assert.deepEqual(await stored(batch), batch);
    });

    it('stores exposures with and without what is optional', async () => {
      const batch = [exposure(1), { ...exposure(2), domain: 'chat' }, { ...exposure(3), share: 0.01 }];
      assert.deepEqual(await stored(batch), batch);
    });

    it('takes a batch of 20,000 records', async () => {
      const batch = Array.from({ length: 20_000 }, (_, index) => outcome(index));
      assert.deepEqual(await stored(batch), batch);
    });

    it('leaves the batch as it was, for the recorder may offer it again', async () => {
      const batch = Object.freeze([Object.freeze(exposure(1)), Object.freeze(outcome(2))]);
      assert.deepEqual(await stored(batch), [exposure(1), outcome(2)]);
    });

    it('can be closed twice, and without a write', async () => {
      const unused = create(newPlace());
      await unused.close();
      await unused.close();
      const used = create(newPlace());
      await used.write([outcome(1)]);
      await Promise.all([used.close(), used.close()]);
      await used.close();
    });

    it('rejects a write after close and stores nothing of it', async () => {
      const place = newPlace();
      const sink = create(place);
      await sink.write([outcome(1)]);
      await sink.close();
      await assert.rejects(async () => sink.write([outcome(2)]), Error);
      assert.deepEqual(await readBack(place), [outcome(1)]);
    });

    it('shares a place with other sinks that write at the same time', async () => {
      const place = newPlace();
      const written = [0, 1, 2, 3].map((writer) =>
        Array.from({ length: 500 }, (_, index) => ({ ...outcome(writer * 500 + index), flag: `writer-${writer}` })),
      );
      await Promise.all(
        written.map(async (records) => {
          const sink = create(place);
          for (let start = 0; start < records.length; start += 25) await sink.write(records.slice(start, start + 25));
          await sink.close();
        }),
      );
      const found = await readBack(place);
      assert.equal(found.length, 2000);
      for (const [writer, records] of written.entries()) {
        assert.deepEqual(
          found.filter(({ flag }) => flag === `writer-${writer}`),
          records,
        );
      }
    });

    it('gives a key, if it gives one, of 16 bytes or more and the same each time', async () => {
      const sink = create(newPlace());
      const key = sink.key?.();
      assert.ok(key === undefined || key.length >= 16);
      assert.deepEqual(sink.key?.(), key);
      await sink.close();
    });

    if (without.key === undefined) {
      it('gives all sinks of one place one key, and those of another place another', async () => {
        const place = newPlace();
        const sinks = [create(place), create(place), create(newPlace())] as const;
        const [first, second, elsewhere] = sinks.map((sink) => sink.key?.());
        assert.ok(first !== undefined);
        assert.deepEqual(second, first);
        assert.notDeepEqual(elsewhere, first);
        for (const sink of sinks) await sink.close();
      });
    }
  });
}

function base(index: number) {
  return {
    v: 1,
    id: `01955555-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
    at: 1_740_000_000_000 + index,
    flag: 'support-model',
    variant: 'claude',
    arm: 'candidate',
    stage: '3',
    unit: `unit-${index % 7}`,
  } as const;
}

function exposure(index: number): ExposureRecord {
  return { ...base(index), type: 'exposure' };
}

function outcome(index: number): OutcomeRecord {
  const run = `01955555-0000-7000-9000-${index.toString(16).padStart(12, '0')}`;
  return { ...base(index), type: 'outcome', run, metric: 'quality', value: index / 8 };
}
