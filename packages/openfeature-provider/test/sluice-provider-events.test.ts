import { ProviderEvents, ServerProviderStatus } from '@openfeature/server-sdk';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { registered } from './registered.ts';
import { switchable } from './switchable-source.ts';

const base = {
  sluice: 1,
  switches: { agent: { enabled: true }, tools: { enabled: true } },
  segments: { staff: { when: { team: 'staff' } } },
  flags: {
    model: { requires: ['agent'], variants: { a: 'A', b: 'B' }, control: 'a', rollout: { percentage: 10, serve: 'b' } },
    prompt: { variants: { a: 'A', b: 'B' }, control: 'a', rules: [{ when: { inSegment: 'staff' }, serve: 'b' }] },
    plain: {},
  },
};

describe('the events of SluiceProvider', () => {
  it.each([
    [
      'a flag that is changed',
      { flags: { ...base.flags, plain: { rollout: { percentage: 5, serve: 'on' } } } },
      ['plain'],
    ],
    ['a flag that is added', { flags: { ...base.flags, another: {} } }, ['another']],
    ['a flag that is removed', { flags: { model: base.flags.model, prompt: base.flags.prompt } }, ['plain']],
    ['a flag whose segment is changed', { segments: { staff: { when: { team: 'crew' } } } }, ['prompt']],
    [
      'a switch that is turned off, and the flags that require it',
      { switches: { ...base.switches, agent: { enabled: false } } },
      ['agent', 'model'],
    ],
    [
      'a switch that is given another time to retry after',
      { switches: { ...base.switches, tools: { enabled: true, retryAfterSeconds: 60 } } },
      ['tools'],
    ],
    ['a switch that is added', { switches: { ...base.switches, another: {} } }, ['another']],
  ])('CONFIGURATION_CHANGED names exactly %s', async (_, change, flagsChanged) => {
    const source = memorySource(base);
    const { client, events } = await registered(new SluiceProvider(source));
    source.replace({ ...base, ...change });
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged });
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
  });

  it('are none for a new version, metrics or order of keys, by which no answer changes', async () => {
    const source = memorySource(base);
    const { client, events } = await registered(new SluiceProvider(source));
    const quality = { aggregate: 'mean', better: 'higher', margin: 0.05 };
    source.replace({ ...base, version: '2', metrics: { quality } });
    expect((await client.getBooleanDetails('plain', true)).flagMetadata).toMatchObject({ version: '2' });
    const { model, prompt, plain } = base.flags;
    source.replace({ ...base, version: '3', flags: { plain, prompt, model } });
    source.replace({ ...base, flags: { ...base.flags, last: {} } });
    expect(await events.next()).toMatchObject({ flagsChanged: ['last'] });
  });

  it('have the answers changed before they are told', async () => {
    const source = memorySource(base);
    const { client, events } = await registered(new SluiceProvider(source));
    source.replace({ ...base, flags: { plain: { variants: { a: 'new' }, control: 'a' } } });
    await events.next();
    expect(await client.getStringValue('plain', 'x')).toBe('new');
  });

  it('say STALE with the reason when the source fails, keep the last good answers and mark them', async () => {
    const { source, fail } = switchable({ ...base, version: '7' });
    const { client, events } = await registered(new SluiceProvider(source));
    fail(new Error('the disk is on fire'));
    expect(await events.next()).toEqual({
      event: ProviderEvents.Stale,
      message: 'serving version 7, the last good one: the disk is on fire',
    });
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
    const good = await client.getStringDetails('model', 'x', { targetingKey: 'u1' });
    expect(good).toMatchObject({ value: expect.stringMatching(/^[AB]$/), reason: 'SPLIT' });
    expect(good.flagMetadata).toMatchObject({ stale: true, version: '7' });
    const wrong = await client.getBooleanDetails('prompt', true);
    expect(wrong).toMatchObject({
      value: true,
      errorCode: 'TYPE_MISMATCH',
      flagMetadata: { stale: true, version: '7' },
    });
    expect(await client.getBooleanDetails('nothing', true)).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
      flagMetadata: { stale: true },
    });
  });

  it('say READY when it is well again, with CONFIGURATION_CHANGED only for flags that changed', async () => {
    const { source, fail, tell } = switchable(base);
    const { client, events } = await registered(new SluiceProvider(source));
    fail(new Error('away'));
    await events.next();
    tell(base);
    expect(await events.next()).toEqual({ event: ProviderEvents.Ready, message: 'switchable is well again' });
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
    expect((await client.getBooleanDetails('plain', true)).flagMetadata).not.toHaveProperty('stale');

    fail(new Error('away'));
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Stale });
    tell({ ...base, flags: { ...base.flags, plain: { rollout: { percentage: 5, serve: 'on' } } } });
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['plain'] });
  });

  it('say STALE again for another reason, and not for the same one', async () => {
    const { source, fail } = switchable(base);
    const { events } = await registered(new SluiceProvider(source));
    for (const message of ['one', 'one', 'two']) fail(new Error(message));
    expect((await events.next()).message).toMatch(/: one$/);
    expect((await events.next()).message).toMatch(/: two$/);
  });

  it('say STALE for a document that cannot be compiled, as one of a source of somebody else may be', async () => {
    const { source, tellUnchecked, tell } = switchable(base);
    const { client, events } = await registered(new SluiceProvider(source));
    tellUnchecked({ sluice: 1, flags: { broken: { rules: 7 } } });
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Stale });
    expect(await client.getBooleanValue('plain', true)).toBe(false);
    tell(base);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
  });
});
