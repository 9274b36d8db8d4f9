import type { OutcomeRecord } from '@sluice/core';
import { onTestFinished } from 'vitest';
import { QualityHook } from '../src/quality-hook.ts';
import { createRecorder } from '../src/recorder.ts';
import { memorySink } from '../src/sinks/memory-sink.ts';
import { type Answer, answeringProvider, clientOf, rolledOut } from './answering-provider.ts';

/** A client with a `QualityHook`, and what its recorder stored. */
export async function measuredClient(answer: Answer = () => rolledOut()) {
  const sink = memorySink();
  const recorder = createRecorder({ sink, units: 'plain' });
  const client = await clientOf(answeringProvider(answer, recorder));
  client.addHooks(new QualityHook(recorder));
  const outcomes = async () => {
    await recorder.flush();
    return sink.records.filter((record): record is OutcomeRecord => record.type === 'outcome');
  };
  /** Metric to value, of all runs together. */
  const recorded = async () => Object.fromEntries((await outcomes()).map(({ metric, value }) => [metric, value]));
  return { recorder, client, outcomes, recorded };
}

export const options = { context: { targetingKey: 'u1' } };

/** The process warnings of the calling test, from here on. */
export function warnings(): (Error & { code?: string })[] {
  const given: Error[] = [];
  const note = (warning: Error): unknown => given.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  return given;
}
