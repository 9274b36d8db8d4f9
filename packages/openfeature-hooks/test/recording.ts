import type { Assignment, OutcomeRecord, Recorder } from '@sluice/core';
import { createRecorder } from '../src/recorder.ts';
import type { RecorderOptions } from '../src/recorder-options.ts';
import { faultySink } from './faulty-sink.ts';

export const key = 'a key of this test, long enough';
export const start = 1_800_000_000_000;
export const day = 86_400_000;

export const assignment: Assignment = { flag: 'model', variant: 'claude', arm: 'candidate', stage: '3', unit: 'u1' };

/** A recorder over a sink that can be made to fail, and what it stored. */
export function recording(options: Partial<RecorderOptions> = {}) {
  const sink = faultySink();
  const clock = { now: start };
  const recorder = createRecorder({ sink, key, units: 'plain', now: () => clock.now, ...options });
  const stored = async () => {
    await recorder.flush();
    return sink.records;
  };
  const outcomes = async () => (await stored()).filter((record): record is OutcomeRecord => record.type === 'outcome');
  return { sink, clock, recorder, stored, outcomes };
}

/** Records that are neither stored nor dropped. */
export function buffered(recorder: Recorder): number {
  const { exposures, outcomes, stored, dropped } = recorder.counts();
  return exposures + outcomes - stored - dropped;
}
