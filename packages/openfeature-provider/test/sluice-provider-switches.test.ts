import { OpenFeature, ProviderEvents, ServerProviderStatus } from '@openfeature/server-sdk';
import type { SwitchChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memorySource } from '../src/memory-source.ts';
import { memorySwitches } from '../src/memory-switches.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { eventsOf, newDomain, registered } from './registered.ts';
import { switchable } from './switchable-source.ts';
import { off, statesOf, switchableStore } from './switchable-store.ts';

const document = {
  sluice: 1,
  version: '7',
  switches: { agent: {}, tools: { enabled: false } },
  flags: {
    model: {
      requires: ['agent'],
      variants: { a: 'A', b: 'B' },
      control: 'a',
      rollout: { percentage: 100, serve: 'b' },
    },
    prompt: { variants: { a: 'A', b: 'B' }, control: 'a', rollout: { percentage: 100, serve: 'b' } },
    reply: {
      prerequisites: { model: ['b'] },
      variants: { a: 'A', b: 'B' },
      control: 'a',
      rollout: { percentage: 100, serve: 'b' },
    },
  },
};
const ann = { by: 'ann', why: 'it answers again' };
const user = { targetingKey: 'u1' };

describe('the switches of SluiceProvider', () => {
  it('serve control from the very next evaluation after the store told, and the variant after it told again', async () => {
    const switches = memorySwitches();
    const { client } = await registered(new SluiceProvider(memorySource(document), { switches }));
    expect(await client.getStringValue('model', 'x', user)).toBe('B');
    await switches.set({ switch: 'agent' }, off({ retryAfterSeconds: 60 }));
    expect(await client.getStringDetails('model', 'x', user)).toMatchObject({
      value: 'A',
      reason: 'DEFAULT',
      flagMetadata: { switch: 'agent', retryAfterSeconds: 60 },
    });
    await switches.clear({ switch: 'agent' }, ann);
    expect(await client.getStringValue('model', 'x', user)).toBe('B');
  });

  it('hold from the first evaluation on where they were set before the start', async () => {
    const switches = memorySwitches();
    await switches.set({ flag: 'prompt' }, off());
    const { client, events } = await registered(new SluiceProvider(memorySource(document), { switches }));
    expect(await client.getStringDetails('prompt', 'x', user)).toMatchObject({
      value: 'A',
      flagMetadata: { switch: 'prompt', retryAfterSeconds: 300 },
    });
    await switches.clear({ flag: 'prompt' }, ann);
    expect(await events.next()).toMatchObject({ flagsChanged: ['prompt'] });
  });

  it.each([
    [
      'a switch, the flags that require it and those that ask for them',
      { switch: 'agent' },
      ['agent', 'model', 'reply'],
    ],
    ['a flag and those that ask for it', { flag: 'model' }, ['model', 'reply']],
    ['a switch that only the store knows', { switch: 'uploads' }, ['uploads']],
    ['nothing for a switch that the document has turned off already', { switch: 'tools' }, []],
  ] as const)('are told as CONFIGURATION_CHANGED of %s', async (_, target, flagsChanged) => {
    const switches = memorySwitches();
    const { events } = await registered(new SluiceProvider(memorySource(document), { switches }));
    await switches.set(target, off());
    await switches.set({ switch: 'last' }, off());
    const told = flagsChanged.length === 0 ? [] : [{ event: ProviderEvents.ConfigurationChanged, flagsChanged }];
    for (const event of [...told, { event: ProviderEvents.ConfigurationChanged, flagsChanged: ['last'] }]) {
      expect(await events.next()).toEqual(event);
    }
  });

  it('resolve as boolean flags though the document does not declare them', async () => {
    const switches = memorySwitches();
    const { client } = await registered(new SluiceProvider(memorySource(document), { switches }));
    expect(await client.getBooleanDetails('uploads', true)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
    await switches.set({ switch: 'uploads' }, off());
    expect(await client.getBooleanValue('uploads', true)).toBe(false);
  });

  it('leave the document its values where they cannot be read at the start: READY, then STALE', async () => {
    const { store, tell } = switchableStore(new Error('connection refused'));
    const domain = newDomain();
    const events = eventsOf(OpenFeature.getClient(domain));
    const provider = new SluiceProvider(memorySource(document), { switches: store });
    onTestFinished(() => provider.onClose());
    await OpenFeature.setProviderAndWait(domain, provider);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
    expect(await events.next()).toEqual({
      event: ProviderEvents.Stale,
      message: "switch states of redis test could not be read, the document's own values hold: connection refused",
    });
    const client = OpenFeature.getClient(domain);
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
    expect(await client.getStringDetails('model', 'x', user)).toMatchObject({
      value: 'B',
      flagMetadata: { stale: true },
    });

    tell({ states: statesOf({ agent: off() }) });
    expect(await events.next()).toEqual({ event: ProviderEvents.Ready, message: 'redis test is well again' });
    expect(await events.next()).toMatchObject({ flagsChanged: ['agent', 'model', 'reply'] });
    const after = await client.getStringDetails('model', 'x', user);
    expect(after.value).toBe('A');
    expect(after.flagMetadata).not.toHaveProperty('stale');
  });

  it('stay as they were known last while the store is away, and say since when and how old they are', async () => {
    const { store, tell } = switchableStore(statesOf({ agent: off() }));
    const { client, events } = await registered(new SluiceProvider(memorySource(document), { switches: store }));
    const asOf = Date.now() - 12_000;
    tell({ error: new Error('connection lost'), asOf });
    const { event, message } = await events.next();
    expect(event).toBe(ProviderEvents.Stale);
    expect(message).toMatch(/^switch states of redis test are \d+ s old, as of .+Z: connection lost$/);
    expect(Number(message?.match(/(\d+) s old/)?.[1])).toBeGreaterThanOrEqual(12);
    expect(message).toContain(new Date(asOf).toISOString());
    expect(await client.getStringDetails('model', 'x', user)).toMatchObject({
      value: 'A',
      flagMetadata: { switch: 'agent', stale: true },
    });
  });

  it('are READY again only when the source is well too, and STALE names both, then the one that is left', async () => {
    const { source, fail, tell: tellDocument } = switchable(document);
    const { store, tell } = switchableStore();
    const { client, events } = await registered(new SluiceProvider(source, { switches: store }));
    fail(new Error('the disk is full'));
    expect((await events.next()).message).toBe('serving version 7, the last good one: the disk is full');
    tell({ error: new Error('no route') });
    const both = (await events.next()).message;
    expect(both).toMatch(
      /^serving version 7.+: the disk is full; switch states of redis test are 0 s old.+: no route$/,
    );
    tellDocument(document);
    const left = await events.next();
    expect(left.event).toBe(ProviderEvents.Stale);
    expect(left.message).toMatch(/^switch states of redis test are .+: no route$/);
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
    tell({ states: statesOf({}) });
    expect(await events.next()).toEqual({ event: ProviderEvents.Ready, message: 'redis test is well again' });
  });

  it('make a provider READY and then STALE whose first document comes while the store is away', async () => {
    const { source, tell } = switchable({ sluice: 2 });
    const { store } = switchableStore(new Error('away'));
    const domain = newDomain();
    const provider = new SluiceProvider(source, { switches: store });
    onTestFinished(() => provider.onClose());
    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow('is not a format');
    const events = eventsOf(OpenFeature.getClient(domain));
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Error });
    tell(document);
    expect(await events.next()).toEqual({ event: ProviderEvents.Ready, message: 'switchable is well again' });
    expect(await events.next()).toMatchObject({
      event: ProviderEvents.Stale,
      message: expect.stringMatching(/could not be read.+: away$/),
    });
    expect(await events.next()).toMatchObject({ event: ProviderEvents.ConfigurationChanged });
    expect(await OpenFeature.getClient(domain).getStringValue('model', 'x', user)).toBe('B');
  });

  it('say STALE once for one reason, however often the store says it', async () => {
    const { store, tell } = switchableStore();
    const { events } = await registered(new SluiceProvider(memorySource(document), { switches: store }));
    for (const message of ['one', 'one', 'two']) tell({ error: new Error(message) });
    expect((await events.next()).message).toMatch(/: one$/);
    expect((await events.next()).message).toMatch(/: two$/);
  });

  it.each<[string, unknown]>([
    ['no maps', { states: { revision: 2 } }],
    ['nothing', undefined],
    ['an error that is none', { error: 'a text' }],
  ])('are STALE, and nothing escapes, where a store tells %s', async (_, change) => {
    const { store, tell } = switchableStore(statesOf({ agent: off() }));
    const { client, events } = await registered(new SluiceProvider(memorySource(document), { switches: store }));
    tell(change as SwitchChange);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Stale });
    expect(await client.getStringValue('model', 'x', user)).toBe('A');
  });

  it.each(['read', 'watch'] as const)('are STALE where the store throws from %s', async (method) => {
    const store = {
      ...switchableStore().store,
      [method]() {
        throw new Error('thrown at once');
      },
    };
    const domain = newDomain();
    const provider = new SluiceProvider(memorySource(document), { switches: store });
    onTestFinished(() => provider.onClose());
    await OpenFeature.setProviderAndWait(domain, provider);
    const client = OpenFeature.getClient(domain);
    const events = eventsOf(client);
    while ((await events.next()).event !== ProviderEvents.Stale);
    expect(await client.getStringValue('model', 'x', user)).toBe('B');
  });

  it('are forgotten, and nothing of the store is heard any more, once the provider is closed', async () => {
    const { store, tell, calls } = switchableStore(statesOf({ agent: off() }));
    const provider = new SluiceProvider(memorySource(document), { switches: store });
    const told: string[] = [];
    for (const event of Object.values(ProviderEvents)) provider.events.addHandler(event, () => void told.push(event));
    await provider.initialize();
    await provider.onClose();
    tell({ error: new Error('away') });
    tell({ states: statesOf({}) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
    expect(calls).toEqual(['read', 'watch', 'close']);
  });
});
