import { type Client, OpenFeature } from '@openfeature/server-sdk';
import { DocumentError } from '@sluice/core';
import { afterEach, describe, expect, it } from 'vitest';
import { switchGuard } from '../src/switch-guard.ts';
import { type TestFlags, type TestProvider, testProvider } from '../src/test-provider.ts';

const document = {
  sluice: 1,
  flagSetId: 'support',
  switches: { 'ai-agent': { retryAfterSeconds: 60 }, search: { enabled: false } },
  flags: {
    model: {
      kind: 'model',
      requires: ['ai-agent'],
      unit: 'conversationId',
      variants: { gpt: { name: 'gpt' }, claude: { name: 'claude' } },
      control: 'gpt',
      rules: [{ when: { plan: 'enterprise' }, serve: 'gpt' }],
      rollout: { percentage: 1, serve: 'claude' },
      ramp: 'auto',
    },
    off: { enabled: false, rollout: { percentage: 5, serve: 'on' } },
    untouched: { rules: [{ when: { country: 'DE' }, serve: 'on' }] },
  },
};

async function served(test: TestFlags): Promise<{ readonly client: Client; readonly provider: TestProvider }> {
  const provider = testProvider(test);
  await OpenFeature.setProviderAndWait(provider);
  return { client: OpenFeature.getClient(), provider };
}

describe('testProvider', () => {
  afterEach(() => OpenFeature.clearProviders());

  it.each([
    ['model', 'claude-sonnet-4', 'claude-sonnet-4'],
    ['prompt', 'You are helpful.\nAnswer in German.', 'given'],
    ['nothing', '', 'given'],
    ['long', 'x'.repeat(5000), 'given'],
    ['__proto__ is a value', '__proto__', 'given'],
  ])('serves the text of %s to everybody, a unit or none', async (flag, value, variant) => {
    const { client } = await served({ flags: { [flag]: value } });
    expect(await client.getStringDetails(flag, 'x')).toMatchObject({ value, variant });
    expect(await client.getStringValue(flag, 'x', { targetingKey: 'u1' })).toBe(value);
  });

  it('serves numbers, booleans, objects and lists', async () => {
    const { client } = await served({ flags: { n: 0.5, t: true, f: false, o: { a: [1] }, l: [1, 2] } });
    expect(await client.getNumberDetails('n', 0)).toMatchObject({ value: 0.5, variant: '0.5' });
    expect(await client.getBooleanDetails('t', false)).toMatchObject({ value: true, variant: 'on' });
    expect(await client.getBooleanDetails('f', true)).toMatchObject({ value: false, variant: 'off' });
    expect(await client.getObjectValue('o', {})).toEqual({ a: [1] });
    expect(await client.getObjectValue('l', [])).toEqual([1, 2]);
  });

  it('turns switches on and off without a document', async () => {
    const { client } = await served({ switches: { agent: false, search: true } });
    expect((await switchGuard(client, 'agent'))?.status).toBe(503);
    expect(await switchGuard(client, 'search', { whenUnknown: 'closed' })).toBeUndefined();
  });

  it('serves the named variant of a document to everybody, whatever its rules, rollout or ramp say', async () => {
    const { client } = await served({ document, flags: { model: 'claude' } });
    for (const context of [{}, { plan: 'enterprise' }, { targetingKey: 'u1' }, { conversationId: 'c1' }]) {
      expect(await client.getObjectDetails('model', {}, context)).toMatchObject({
        value: { name: 'claude' },
        variant: 'claude',
        flagMetadata: { flagSetId: 'support', 'sluice.kind': 'model' },
      });
    }
  });

  it('serves the named variant of a flag that is disabled', async () => {
    const { client } = await served({ document, flags: { off: 'on' } });
    expect(await client.getBooleanValue('off', false)).toBe(true);
  });

  it('leaves alone what is not named', async () => {
    const { client } = await served({ document, flags: { model: 'claude' } });
    expect(await client.getBooleanDetails('untouched', false, { country: 'DE' })).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
    });
    expect(await client.getBooleanDetails('search', true)).toMatchObject({ value: false });
  });

  it('serves control where a required switch is off, as the document would', async () => {
    const { client } = await served({ document, flags: { model: 'claude' }, switches: { 'ai-agent': false } });
    expect(await client.getObjectDetails('model', {})).toMatchObject({
      variant: 'gpt',
      reason: 'DEFAULT',
      flagMetadata: { switch: 'ai-agent', retryAfterSeconds: 60 },
    });
  });

  it('does not change the document it is given', () => {
    const before = structuredClone(document);
    testProvider({ document, flags: { model: 'claude' }, switches: { 'ai-agent': false } });
    expect(document).toEqual(before);
  });

  it.each([
    ['a variant', { document, flags: { model: 'gemini' } }, /flags\.model.*"gemini" is not a declared variant/],
    [
      'a flag',
      { document, flags: { modell: 'gpt' } },
      /flags\.modell .*is not in the document; declared are model, off/,
    ],
    ['a switch', { document, switches: { ai: true } }, /switches\.ai .*is not in the document; declared are ai-agent,/],
    ['a document', { document: { sluice: 2 } }, /The document given to testProvider is not a usable/],
  ] as const)('refuses %s that is not right, and says so', (_, test, message) => {
    expect(() => testProvider(test)).toThrow(DocumentError);
    expect(() => testProvider(test)).toThrow(message);
  });

  it('keeps what is tracked where a test can read it', async () => {
    const { client, provider } = await served({ flags: { model: 'claude' } });
    client.track('thumbs-up', { targetingKey: 'u1' });
    client.track('purchase', { targetingKey: 'u1' }, { value: 9.5 });
    expect(provider.recorder.outcomes).toEqual([
      { metric: 'thumbs-up', value: 1 },
      { metric: 'purchase', value: 9.5 },
    ]);
    expect(provider.recorder.counts()).toMatchObject({ outcomes: 2, unattributed: 2 });
  });
});
