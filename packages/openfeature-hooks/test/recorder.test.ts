import type { ExposureRecord } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecorder } from '../src/recorder.ts';
import { memorySink } from '../src/sinks/memory-sink.ts';
import { unitHasher } from '../src/unit.ts';
import { assignment, key, recording, start } from './recording.ts';

describe('createRecorder', () => {
  it.each(['maxBuffered', 'batchSize', 'flushIntervalMs', 'tokenTtlDays'] as const)('refuses a %s of 0', (name) => {
    expect(() => createRecorder({ sink: memorySink(), [name]: 0 })).toThrow(
      new RangeError(`createRecorder: ${name} is 0 and must be above 0`),
    );
  });

  it('refuses a short key', () => {
    expect(() => createRecorder({ sink: memorySink(), key: 'short' })).toThrow(RangeError);
  });

  it('asks the sink for its key only when something is to be hashed', async () => {
    let asked = 0;
    const sink = { ...memorySink(), key: () => new Uint8Array(32).fill(++asked) };
    const recorder = createRecorder({ sink });
    expect(asked).toBe(0);
    recorder.startRun(assignment).record({ quality: 1 });
    await recorder.flush();
    recorder.startRun(assignment).token();
    expect(asked).toBe(1);
    expect(sink.records[0]?.unit).toBe(unitHasher(new Uint8Array(32).fill(1))('u1'));
  });
});

describe('an exposure', () => {
  it('is one line with all that a reader needs', async () => {
    const { recorder, stored } = recording();
    recorder.expose({ ...assignment, share: 0.01 }, 'chat');
    expect(await stored()).toEqual([
      {
        ...{
          v: 1,
          type: 'exposure',
          at: start,
          flag: 'model',
          variant: 'claude',
          arm: 'candidate',
          stage: '3',
          unit: 'u1',
        },
        ...{ id: expect.stringMatching(/^[0-9a-f-]{14}7/), domain: 'chat', share: 0.01 },
      },
    ]);
  });

  it('of a unit that is a number, from a caller without types, is stored like that of its text', async () => {
    const { recorder, stored } = recording();
    recorder.expose({ ...assignment, unit: 42 as unknown as string });
    recorder.expose({ ...assignment, flag: 'other', unit: '42' });
    const units = (await stored()).map(({ unit }) => unit);
    expect(units).toHaveLength(2);
    expect(new Set(units).size).toBe(1);
  });

  it('has no domain and no share where none is known', async () => {
    const { recorder, stored } = recording();
    recorder.expose(assignment);
    expect(Object.keys((await stored())[0] as ExposureRecord).toSorted()).toEqual(
      ['v', 'type', 'id', 'at', 'flag', 'variant', 'arm', 'stage', 'unit'].toSorted(),
    );
  });

  it('is recorded once per flag, unit and stage', async () => {
    const { recorder, stored } = recording();
    for (const stage of ['3', '3', '4', '3', '4']) recorder.expose({ ...assignment, stage });
    expect(await stored()).toHaveLength(2);
    expect(recorder.counts()).toMatchObject({ exposures: 2, stored: 2 });
  });

  it('is noted again where it was dropped', async () => {
    const { recorder, sink, stored } = recording({ maxBuffered: 1 });
    sink.failing = true;
    recorder.expose({ ...assignment, unit: 'u0' });
    recorder.expose(assignment);
    expect(recorder.counts()).toMatchObject({ exposures: 2, dropped: 1 });
    sink.failing = false;
    await recorder.flush();
    recorder.expose(assignment);
    expect((await stored()).map(({ unit }) => unit)).toEqual(['u0', 'u1']);
  });
});

describe('units', () => {
  it('are hashed under the key, in exposures, outcomes and tokens, unless they are to be plain', async () => {
    const { recorder, stored } = recording({ units: 'hashed' });
    recorder.expose(assignment);
    const run = recorder.startRun(assignment);
    run.record({ quality: 1 });
    await recorder.feedback(run.token(), { feedback: 1 });
    const hashed = unitHasher(Buffer.from(key))('u1');
    expect((await stored()).map(({ unit }) => unit)).toEqual([hashed, hashed, hashed]);
    expect(Buffer.from(run.token(), 'base64url').toString()).not.toContain('"u1"');
  });
});

describe('a run', () => {
  it('records outcomes as lines with all that a reader needs', async () => {
    const { recorder, stored } = recording();
    const run = recorder.startRun({ ...assignment, share: 0.5 });
    run.record({ quality: 0.75 });
    expect(run.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await stored()).toEqual([
      {
        ...{
          v: 1,
          type: 'outcome',
          at: start,
          flag: 'model',
          variant: 'claude',
          arm: 'candidate',
          stage: '3',
          unit: 'u1',
        },
        ...{ id: expect.not.stringMatching(run.id), run: run.id, metric: 'quality', value: 0.75 },
      },
    ]);
  });

  it('takes true and false as 1 and 0', async () => {
    const { recorder, outcomes } = recording();
    recorder.startRun(assignment).record({ resolved: true, escalated: false });
    expect((await outcomes()).map(({ metric, value }) => [metric, value])).toEqual([
      ['resolved', 1],
      ['escalated', 0],
    ]);
  });

  it('records a metric once and counts what comes after', async () => {
    const { recorder, outcomes } = recording();
    const run = recorder.startRun(assignment);
    run.record({ quality: 1 });
    run.record({ quality: 0, cost: 2 });
    recorder.startRun(assignment).record({ quality: 0.5 });
    expect((await outcomes()).map(({ metric, value }) => [metric, value])).toEqual([
      ['quality', 1],
      ['cost', 2],
      ['quality', 0.5],
    ]);
    expect(recorder.counts()).toMatchObject({ outcomes: 3, refused: 1 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined, {}, 1n])(
    'refuses %s and takes a later number',
    async (value) => {
      const { recorder, outcomes } = recording();
      const run = recorder.startRun(assignment);
      run.record({ quality: value as number });
      run.record({ quality: 1 });
      expect(await outcomes()).toHaveLength(1);
      expect(recorder.counts()).toMatchObject({ outcomes: 1, refused: 1 });
    },
  );

  it('never throws, whatever it is given', () => {
    const { recorder } = recording();
    const run = recorder.startRun(assignment);
    const throwing = new Proxy({}, { ownKeys: () => raise() });
    for (const outcomes of [undefined, null, throwing]) run.record(outcomes as unknown as { quality: number });
    expect(recorder.counts()).toMatchObject({ outcomes: 0, refused: 3 });
    fc.assert(fc.property(fc.anything(), (outcomes) => run.record(outcomes as { quality: number })));
  });

  it('keeps a metric that is called like something of Object.prototype', async () => {
    const { recorder, outcomes } = recording();
    recorder.startRun(assignment).record({ ['__proto__']: 1, constructor: 2 } as unknown as { constructor: number });
    recorder.expose(assignment);
    recorder.track('__proto__', { targetingKey: 'u1' }, { value: 3 });
    expect((await outcomes()).map(({ metric, value }) => [metric, value])).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['__proto__', 3],
    ]);
  });
});

function raise(): never {
  throw new Error('must be caught');
}
