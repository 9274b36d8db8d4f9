import type { Assignment } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { testRecorder } from '../src/test-recorder.ts';

const model: Assignment = { flag: 'model', variant: 'claude', arm: 'candidate', stage: '1', unit: 'u1' };
const about = { flag: 'model', variant: 'claude', arm: 'candidate', unit: 'u1' };

describe('testRecorder', () => {
  it('notes an exposure once for each flag, unit and stage', () => {
    const recorder = testRecorder();
    for (const stage of ['1', '1', '2']) recorder.expose({ ...model, stage });
    recorder.expose({ ...model, unit: 'u2' });
    expect(recorder.exposures.map(({ unit, stage }) => `${unit} ${stage}`)).toEqual(['u1 1', 'u1 2', 'u2 1']);
    expect(recorder.counts().exposures).toBe(3);
  });

  it('keeps the outcomes of a run, each metric once, and refuses what is no number', () => {
    const recorder = testRecorder();
    const run = recorder.startRun(model);
    run.record({ quality: 0.9, solved: true });
    run.record({ quality: 0.1, latency: Number.NaN, failed: false });
    expect(recorder.outcomes).toEqual([
      { metric: 'quality', value: 0.9, ...about },
      { metric: 'solved', value: 1, ...about },
      { metric: 'failed', value: 0, ...about },
    ]);
    expect(recorder.counts()).toMatchObject({ outcomes: 3, refused: 2, unattributed: 0 });
  });

  it('takes feedback by the token of a run, and refuses any other', async () => {
    const recorder = testRecorder();
    const token = recorder.startRun(model).token();
    expect(await recorder.feedback(token, { feedback: 1 })).toEqual({ accepted: true });
    expect(recorder.outcomes).toEqual([{ metric: 'feedback', value: 1, ...about }]);
    expect(await recorder.feedback('run-99', { feedback: 1 })).toMatchObject({ accepted: false, reason: 'forged' });
    expect(recorder.counts().rejectedTokens).toBe(1);
  });

  it('gives what is tracked to the latest assignment of every flag that the unit met', () => {
    const recorder = testRecorder();
    recorder.expose(model);
    recorder.expose({ ...model, stage: '2', variant: 'gpt', arm: 'control' });
    recorder.expose({ ...model, flag: 'prompt', variant: 'mentor' });
    recorder.expose({ ...model, flag: 'tools', unit: 'u2' });
    recorder.track('purchase', { targetingKey: 'u1' }, { value: 3 });
    expect(recorder.outcomes).toEqual([
      { metric: 'purchase', value: 3, flag: 'model', variant: 'gpt', arm: 'control', unit: 'u1' },
      { metric: 'purchase', value: 3, flag: 'prompt', variant: 'mentor', arm: 'candidate', unit: 'u1' },
    ]);
  });

  it('finds a flag of another unit by that attribute, or else by the targeting key that came with it', () => {
    const recorder = testRecorder();
    const unitAttribute = 'conversation.id';
    recorder.expose({ ...model, unit: '7', unitAttribute }, undefined, 'u1');
    recorder.expose({ ...model, unit: '8', unitAttribute }, undefined, 'u1');
    const unitOf = (context: Readonly<Record<string, unknown>>) => {
      recorder.track('thumbs-up', context, {});
      return recorder.outcomes.at(-1)?.unit;
    };
    expect(unitOf({ conversation: { id: 7 } })).toBe('7');
    expect(unitOf({ conversation: { id: '8' }, targetingKey: 'u1' })).toBe('8');
    expect(unitOf({ targetingKey: 'u1' })).toBe('8');
    expect(unitOf({ conversation: { id: 9 }, targetingKey: 'u1' })).toBeUndefined();
    expect(unitOf({ targetingKey: 'u2' })).toBeUndefined();
    expect(unitOf({})).toBeUndefined();
    expect(recorder.counts().unattributed).toBe(3);
  });

  it('can be flushed and closed', async () => {
    const recorder = testRecorder();
    await recorder.flush();
    await recorder.close();
    expect(recorder.counts()).toMatchObject({ stored: 0, dropped: 0, failedWrites: 0 });
  });
});
