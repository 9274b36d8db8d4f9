// The scenarios of the OpenFeature specification in `specification/assets/gherkin`, at commit 6fd4d54a (2026-08-08, after
// v0.9.0), run through SluiceProvider, in our words and row by row. Of the 132 rows, the four files
// `specification-*.test.ts` run 126: evaluation_v2 80 of 82, evaluation (deprecated) 13, hooks 3, context merging 29,
// metadata 1 of 5. Left out:
//
// - the reason CACHED (2 rows): nothing is cached, every answer is computed.
// - that flags without metadata of an author have none at all (4 rows): every answer of a document says its version.
import {
  type Client,
  type EvaluationContext,
  type FlagValue,
  OpenFeature,
  ProviderFatalError,
  ServerProviderStatus,
} from '@openfeature/server-sdk';
import type { Source } from '@sluice/core';
import { memorySource, SluiceProvider } from '@sluice/openfeature-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detailsOf } from './details-of.ts';
import { specificationFlags } from './specification-flags.ts';

const template = { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 };

/** Flag, default, value, variant. */
const resolved: readonly (readonly [string, FlagValue, FlagValue, string])[] = [
  ['boolean-flag', false, true, 'on'],
  ['string-flag', 'bye', 'hi', 'greeting'],
  ['integer-flag', 1, 10, 'ten'],
  ['float-flag', 0.1, 0.5, 'half'],
  ['object-flag', {}, template, 'template'],
];

/** The default of each type, and the value that is falsy or empty. */
const zeros: readonly (readonly [string, FlagValue, FlagValue])[] = [
  ['boolean', true, false],
  ['string', 'hi', ''],
  ['integer', 1, 0],
  ['float', 0.1, 0.0],
  ['object', { a: 1 }, {}],
];

const defaults: readonly (readonly [string, FlagValue])[] = [
  ['boolean', false],
  ['string', 'bye'],
  ['integer', 1],
  ['float', 0.1],
  ['object', { a: 1 }],
];

describe('specification: evaluation', () => {
  let client: Client;

  beforeEach(async () => {
    await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(specificationFlags)));
    client = OpenFeature.getClient();
  });
  afterEach(() => OpenFeature.clearProviders());

  it.each(resolved)('%s resolves to its value', async (key, value, expected) => {
    expect((await detailsOf(client, key, value)).value).toEqual(expected);
  });

  it.each(zeros)('a falsy %s is a value, and STATIC', async (type, value, expected) => {
    expect(await detailsOf(client, `${type}-zero-flag`, value)).toMatchObject({ value: expected, reason: 'STATIC' });
  });

  const contexts: readonly (readonly [string, EvaluationContext, string])[] = [
    ['that a rule matches', { email: 'ballmer@macrosoft.com' }, 'TARGETING_MATCH'],
    ['that no rule matches', { email: 'ballmer@none.com' }, 'DEFAULT'],
    ['that is empty', {}, 'DEFAULT'],
    ['whose attribute is null', { email: null as unknown as string }, 'DEFAULT'],
  ];
  describe.each(contexts)('with a context %s', (_, context, reason) => {
    it.each(zeros)('a falsy %s is a value, with its reason', async (type, value, expected) => {
      const details = await detailsOf(client, `${type}-targeted-zero-flag`, value, context);
      expect(details).toMatchObject({ value: expected, reason });
    });
  });

  it.each(defaults)('a flag that is not there gives the default %s, and FLAG_NOT_FOUND', async (_, value) => {
    const details = await detailsOf(client, 'non-existent-flag', value);
    expect(details).toMatchObject({ value, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
  });

  it.each<[string, FlagValue]>([
    ['string-flag', false],
    ['boolean-flag', 'bye'],
    ['boolean-flag', 1],
    ['boolean-flag', 0.1],
    ['boolean-flag', { a: 1 }],
  ])('%s of another type gives the default, and TYPE_MISMATCH: %s', async (key, value) => {
    const details = await detailsOf(client, key, value);
    expect(details).toMatchObject({ value, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
  });

  it.each(resolved)(
    'the details of %s say key, value, variant and STATIC',
    async (flagKey, value, expected, variant) => {
      const details = await detailsOf(client, flagKey, value);
      expect(details).toMatchObject({ flagKey, value: expected, variant, reason: 'STATIC' });
    },
  );

  it('a rule may ask for several attributes', async () => {
    const context = { email: 'ballmer@macrosoft.com', role: 'admin', age: 65, customer: false };
    const details = await client.getStringDetails('complex-targeted', 'default', context);
    expect(details).toMatchObject({ value: 'INTERNAL', reason: 'TARGETING_MATCH' });
  });

  it('a structure is STATIC too', async () => {
    expect(await client.getObjectDetails('object-flag', {})).toMatchObject({ value: template, reason: 'STATIC' });
  });

  it.each(resolved)('the details of %s name its variant', async (key, value, _, variant) => {
    expect((await detailsOf(client, key, value)).variant).toBe(variant);
  });

  it.each(defaults)('a disabled %s gives the default, and DISABLED', async (type, value) => {
    expect(await detailsOf(client, `${type}-disabled-flag`, value)).toMatchObject({ value, reason: 'DISABLED' });
  });

  it.each(resolved)('%s is evaluated asynchronously', async (key, value, expected) => {
    const order: string[] = [];
    const evaluation = detailsOf(client, key, value).then((details) => {
      order.push('evaluated');
      return details;
    });
    order.push('asked');
    expect((await evaluation).value).toEqual(expected);
    expect(order).toEqual(['asked', 'evaluated']);
  });

  it('the context stays as it was, and metadata and payload cannot be changed', async () => {
    const context = { targetingKey: 'u1', user: { tags: ['a'] } };
    const details = await client.getObjectDetails('object-flag', {}, context);
    expect(context).toEqual({ targetingKey: 'u1', user: { tags: ['a'] } });
    expect(Object.isFrozen(context)).toBe(false);
    expect(Object.isFrozen(details.flagMetadata)).toBe(true);
    expect(Object.isFrozen(details.value)).toBe(true);
  });
});

describe('specification: the status of the provider', () => {
  afterEach(() => OpenFeature.clearProviders());

  const never: Source = { name: 'never', read: () => new Promise(() => {}), close: async () => {} };
  const failing = (error: Error): Source => ({ ...never, read: () => Promise.reject(error) });
  const stale: Source = {
    ...memorySource(specificationFlags),
    watch: (listener) => queueMicrotask(() => listener({ error: new Error('away') })),
  };
  const fatal = failing(new ProviderFatalError('the licence has ended'));

  async function clientOf(source: Source): Promise<Client> {
    const provider = new SluiceProvider(source);
    if (source === never) OpenFeature.setProvider(provider);
    else await OpenFeature.setProviderAndWait(provider).catch(() => {});
    // What a source says during the start is an event after it.
    await new Promise((resolve) => setImmediate(resolve));
    return OpenFeature.getClient();
  }

  it.each<[string, Source, ServerProviderStatus]>([
    ['a stable', memorySource(specificationFlags), ServerProviderStatus.READY],
    ['an unfinished', never, ServerProviderStatus.NOT_READY],
    ['a failed', failing(new Error('away')), ServerProviderStatus.ERROR],
    ['a fatal', fatal, ServerProviderStatus.FATAL],
    ['a stale', stale, ServerProviderStatus.STALE],
  ])('%s provider has its status', async (_, source, status) => {
    expect((await clientOf(source)).providerStatus).toBe(status);
  });

  it.each(resolved)('%s gives the default, and PROVIDER_NOT_READY, before the start is over', async (key, value) => {
    const details = await detailsOf(await clientOf(never), key, value);
    expect(details).toMatchObject({ value, reason: 'ERROR', errorCode: 'PROVIDER_NOT_READY' });
  });

  it.each(resolved)('%s gives the default, and PROVIDER_FATAL, where the source cannot recover', async (key, value) => {
    const details = await detailsOf(await clientOf(fatal), key, value);
    expect(details).toMatchObject({ value, reason: 'ERROR', errorCode: 'PROVIDER_FATAL' });
  });
});

describe('specification: evaluation, the deprecated file', () => {
  let client: Client;

  beforeEach(async () => {
    await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(specificationFlags)));
    client = OpenFeature.getClient();
  });
  afterEach(() => OpenFeature.clearProviders());

  it.each([
    ['boolean-flag', () => client.getBooleanValue('boolean-flag', false), true],
    ['string-flag', () => client.getStringValue('string-flag', 'bye'), 'hi'],
    ['integer-flag', () => client.getNumberValue('integer-flag', 1), 10],
    ['float-flag', () => client.getNumberValue('float-flag', 0.1), 0.5],
    ['object-flag', () => client.getObjectValue('object-flag', null), template],
  ])('%s resolves to its value, a structure with null as its default', async (_, evaluate, expected) => {
    expect(await evaluate()).toEqual(expected);
  });

  it.each([
    ['boolean-flag', () => client.getBooleanDetails('boolean-flag', false), true, 'on'],
    ['string-flag', () => client.getStringDetails('string-flag', 'bye'), 'hi', 'greeting'],
    ['integer-flag', () => client.getNumberDetails('integer-flag', 1), 10, 'ten'],
    ['float-flag', () => client.getNumberDetails('float-flag', 0.1), 0.5, 'half'],
    ['object-flag', () => client.getObjectDetails('object-flag', null), template, 'template'],
  ])('%s resolves with its details', async (_, evaluate, value, variant) => {
    expect(await evaluate()).toMatchObject({ value, variant, reason: 'STATIC' });
  });

  it('a flag follows the context, with letters beyond ASCII in it', async () => {
    const context = { fn: 'Sulisław', ln: 'Świętopełk', age: 29, customer: false };
    expect(await client.getStringValue('context-aware', 'EXTERNAL', context)).toBe('INTERNAL');
    expect(await client.getStringValue('context-aware', 'EXTERNAL')).toBe('EXTERNAL');
  });

  it('a flag that is not there gives the default', async () => {
    const details = await client.getStringDetails('missing-flag', 'uh-oh');
    expect(details).toMatchObject({ value: 'uh-oh', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
  });

  it('a text asked for as an integer gives the default', async () => {
    const details = await client.getNumberDetails('wrong-flag', 13);
    expect(details).toMatchObject({ value: 13, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
  });
});
