import { describe, expect, it } from 'vitest';
import { measureScopes } from '../src/measure-scope.ts';
import { createRecorder } from '../src/recorder.ts';
import { memorySink } from '../src/sinks/memory-sink.ts';
import { unitHasher } from '../src/unit.ts';
import { assignment, day, key, recording, start } from './recording.ts';

describe('feedback', () => {
  it('comes by token to the run, from any recorder that has the same key', async () => {
    const here = recording({ units: 'hashed' });
    const there = recording({ units: 'hashed' });
    const run = here.recorder.startRun(assignment);
    there.clock.now = start + day;
    expect(await there.recorder.feedback(run.token(), { feedback: 1 })).toEqual({ accepted: true });
    expect(await there.outcomes()).toEqual([
      {
        ...{ v: 1, type: 'outcome', at: start + day, flag: 'model', variant: 'claude', arm: 'candidate', stage: '3' },
        ...{
          id: expect.any(String),
          run: run.id,
          unit: unitHasher(Buffer.from(key))('u1'),
          metric: 'feedback',
          value: 1,
        },
      },
    ]);
  });

  it('counts once per run and metric', async () => {
    const { recorder, outcomes } = recording();
    const run = recorder.startRun(assignment);
    await recorder.feedback(run.token(), { feedback: 1 });
    await recorder.feedback(run.token(), { feedback: -1, resolved: true });
    expect((await outcomes()).map(({ metric, value }) => [metric, value])).toEqual([
      ['feedback', 1],
      ['resolved', 1],
    ]);
    expect(recorder.counts()).toMatchObject({ refused: 1 });
  });

  it('is refused, counted and explained where the token is malformed, forged or expired', async () => {
    const { recorder, clock, outcomes } = recording();
    const token = recorder.startRun(assignment).token();
    const other = createRecorder({ sink: memorySink(), key: 'another key, long enough too' });
    expect(await recorder.feedback('nonsense', { feedback: 1 })).toMatchObject({
      accepted: false,
      reason: 'malformed',
    });
    expect(await other.feedback(token, { feedback: 1 })).toMatchObject({ accepted: false, reason: 'forged' });
    clock.now = start + 30 * day + 1;
    expect(await recorder.feedback(token, { feedback: 1 })).toMatchObject({
      accepted: false,
      reason: 'expired',
      message: 'the token is more than 30 days old',
    });
    expect(recorder.counts()).toMatchObject({ rejectedTokens: 2, outcomes: 0 });
    expect(await outcomes()).toEqual([]);
  });
});

describe('track', () => {
  it('records for every flag that the unit was last exposed to, as one run', async () => {
    const { recorder, outcomes } = recording();
    recorder.expose(assignment);
    recorder.expose({ ...assignment, stage: '4', variant: 'gpt-4o', arm: 'control' });
    recorder.expose({ ...assignment, flag: 'prompt', variant: 'mentor' });
    recorder.expose({ ...assignment, unit: 'u2' });
    recorder.track('purchase', { targetingKey: 'u1' }, { value: 9.5 });
    const found = await outcomes();
    expect(found.map(({ flag, variant, stage, value }) => [flag, variant, stage, value])).toEqual([
      ['model', 'gpt-4o', '4', 9.5],
      ['prompt', 'mentor', '3', 9.5],
    ]);
    expect(new Set(found.map(({ run }) => run)).size).toBe(1);
  });

  it('counts an event without a value as 1', async () => {
    const { recorder, outcomes } = recording();
    recorder.expose(assignment);
    recorder.track('thumbs-up', { targetingKey: 'u1' }, {});
    expect(await outcomes()).toMatchObject([{ metric: 'thumbs-up', value: 1 }]);
  });

  it('finds a flag bucketed by conversation, by the conversation or by who is in it', async () => {
    const { recorder, outcomes } = recording();
    recorder.expose({ ...assignment, unit: 'c1', unitAttribute: 'conversationId' }, undefined, 'u1');
    recorder.track('a', { targetingKey: 'u1' }, {});
    recorder.track('b', { conversationId: 'c1' }, {});
    recorder.track('c', { targetingKey: 'u1', conversationId: 'c2' }, {});
    expect((await outcomes()).map(({ metric, unit }) => [metric, unit])).toEqual([
      ['a', 'c1'],
      ['b', 'c1'],
    ]);
    expect(recorder.counts()).toMatchObject({ unattributed: 1 });
  });

  it('counts what belongs to nobody that was exposed', async () => {
    const { recorder, stored } = recording();
    recorder.track('purchase', { targetingKey: 'u1' }, { value: 1 });
    recorder.track('purchase', {}, { value: 1 });
    expect(await stored()).toEqual([]);
    expect(recorder.counts()).toMatchObject({ unattributed: 2 });
  });

  it('records on the run that is under way here, and not by unit', async () => {
    const { recorder, outcomes } = recording();
    recorder.expose(assignment);
    const run = recorder.startRun({ ...assignment, flag: 'other' });
    measureScopes.run({ stage: 'work', run }, () => recorder.track('quality', { targetingKey: 'u1' }, { value: 0.5 }));
    expect(await outcomes()).toMatchObject([{ run: run.id, flag: 'other', metric: 'quality', value: 0.5 }]);
  });
});
