import { OpenFeature } from '@openfeature/server-sdk';
import { measure, QualityHook } from '@sluice/openfeature-hooks';
import { switchGuard } from '@sluice/openfeature-provider';
import { type TestProvider, testProvider } from '@sluice/openfeature-provider/testing';
import { afterEach, describe, expect, it } from 'vitest';

// The application under test: one function that asks a model, as a user of the two packages would write it.
const FALLBACK = { name: 'gpt' };

async function answer(question: string, user: string): Promise<{ status: number; text: string }> {
  const client = OpenFeature.getClient();
  const closed = await switchGuard(client, 'ai-agent');
  if (closed !== undefined) return { status: closed.status, text: await closed.text() };
  const context = { targetingKey: user };
  const text = await measure(
    client,
    'support-model',
    FALLBACK,
    async (model, run) => {
      if (question === 'break' && model.name !== FALLBACK.name) throw new Error('the model is down');
      run.record({ quality: 0.9 });
      return `${model.name}: ${question}`;
    },
    { context, onError: 'fallback' },
  );
  return { status: 200, text };
}

const document = {
  sluice: 1,
  switches: { 'ai-agent': {} },
  flags: {
    'support-model': {
      kind: 'model',
      requires: ['ai-agent'],
      variants: { gpt: { name: 'gpt' }, claude: { name: 'claude' } },
      control: 'gpt',
      rollout: { percentage: 1, serve: 'claude' },
    },
  },
};

async function testing(test: Parameters<typeof testProvider>[0]): Promise<TestProvider['recorder']> {
  const provider = testProvider(test);
  await OpenFeature.setProviderAndWait(provider);
  OpenFeature.addHooks(new QualityHook(provider.recorder));
  return provider.recorder;
}

describe('an application that is tested with testProvider and QualityHook', () => {
  afterEach(async () => {
    OpenFeature.clearHooks();
    await OpenFeature.clearProviders();
  });

  it.each([
    ['values', { flags: { 'support-model': { name: 'claude' } } }, 'given'],
    ['a document', { document, flags: { 'support-model': 'claude' } }, 'claude'],
  ])('serves what the test names by %s, and shows what was recorded', async (_, test, variant) => {
    const recorder = await testing(test);
    expect(await answer('hello', 'ada')).toEqual({ status: 200, text: 'claude: hello' });
    expect(recorder.exposures).toMatchObject([{ flag: 'support-model', variant, unit: 'ada' }]);
    expect(recorder.outcomes).toContainEqual({
      metric: 'quality',
      value: 0.9,
      flag: 'support-model',
      variant,
      arm: 'none',
      unit: 'ada',
    });
    OpenFeature.getClient().track('purchase', { targetingKey: 'ada' }, { value: 3 });
    expect(recorder.outcomes.at(-1)).toMatchObject({ metric: 'purchase', value: 3, variant, unit: 'ada' });
  });

  it('charges an error to the variant of the test, and falls back', async () => {
    const recorder = await testing({ document, flags: { 'support-model': 'claude' } });
    expect(await answer('break', 'ada')).toEqual({ status: 200, text: 'gpt: break' });
    expect(recorder.outcomes).toContainEqual(
      expect.objectContaining({ metric: 'errors', value: 1, variant: 'claude', unit: 'ada' }),
    );
  });

  it('turns a switch off', async () => {
    const recorder = await testing({ document, switches: { 'ai-agent': false } });
    expect((await answer('hello', 'ada')).status).toBe(503);
    expect(recorder.outcomes).toEqual([]);
  });
});
