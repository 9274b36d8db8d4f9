import { type EvaluationDetails, type FlagValue, type Hook, OpenFeature } from '@openfeature/server-sdk';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { specificationFlags } from './specification-flags.ts';

/** A hook that keeps which of its stages ran, and the details that they were given. */
function noting(): Hook & { readonly stages: [string, EvaluationDetails<FlagValue> | undefined][] } {
  const stages: [string, EvaluationDetails<FlagValue> | undefined][] = [];
  return {
    stages,
    before: () => void stages.push(['before', undefined]),
    after: (_, details) => void stages.push(['after', details]),
    error: () => void stages.push(['error', undefined]),
    finally: (_, details) => void stages.push(['finally', details]),
  };
}

describe('specification: hooks', () => {
  beforeEach(() => OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(specificationFlags))));
  afterEach(() => OpenFeature.clearProviders());

  it('receive the details after an evaluation, and finally', async () => {
    const hook = noting();
    await OpenFeature.getClient().addHooks(hook).getBooleanDetails('boolean-flag', false);
    const details = { flagKey: 'boolean-flag', value: true, variant: 'on', reason: 'STATIC' };
    expect(hook.stages).toEqual([
      ['before', undefined],
      ['after', expect.objectContaining(details)],
      ['finally', expect.objectContaining(details)],
    ]);
    expect(hook.stages.at(-1)?.[1]).not.toHaveProperty('errorCode');
  });

  it('receive FLAG_NOT_FOUND and the default finally, after the error', async () => {
    const hook = noting();
    await OpenFeature.getClient().addHooks(hook).getStringDetails('missing-flag', 'uh-oh');
    const details = { flagKey: 'missing-flag', value: 'uh-oh', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' };
    expect(hook.stages.map(([stage]) => stage)).toEqual(['before', 'error', 'finally']);
    expect(hook.stages.at(-1)?.[1]).toMatchObject(details);
    expect(hook.stages.at(-1)?.[1]?.variant).toBeUndefined();
  });

  it('receive TYPE_MISMATCH and the default finally, after the error', async () => {
    const hook = noting();
    await OpenFeature.getClient().addHooks(hook).getBooleanDetails('wrong-flag', false);
    const details = { flagKey: 'wrong-flag', value: false, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' };
    expect(hook.stages.map(([stage]) => stage)).toEqual(['before', 'error', 'finally']);
    expect(hook.stages.at(-1)?.[1]).toMatchObject(details);
    expect(hook.stages.at(-1)?.[1]?.variant).toBeUndefined();
  });

  // Of evaluation_v2: options of one evaluation may name hooks.
  it('of one evaluation run for it alone, in their order', async () => {
    const order: string[] = [];
    const named = (name: string): Hook => ({
      before: () => void order.push(`before ${name}`),
      after: () => void order.push(`after ${name}`),
    });
    const client = OpenFeature.getClient();
    await client.getBooleanDetails('boolean-flag', false, {}, { hooks: [named('one'), named('two')] });
    expect(order).toEqual(['before one', 'before two', 'after two', 'after one']);
    await client.getBooleanDetails('boolean-flag', false);
    expect(order).toHaveLength(4);
  });
});
