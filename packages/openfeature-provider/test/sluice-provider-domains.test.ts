import {
  InMemoryProvider,
  MultiProvider,
  OpenFeature,
  ProviderEvents,
  ServerProviderStatus,
} from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { testProvider } from '../src/test-provider.ts';
import { eventsOf, newDomain } from './registered.ts';
import { switchable } from './switchable-source.ts';

const document = (value: string) => ({ sluice: 1, flags: { flag: { variants: { only: value }, control: 'only' } } });

describe('SluiceProvider among others', () => {
  afterEach(() => OpenFeature.clearProviders());

  it('serves two domains, and both are told of its events', async () => {
    const source = memorySource(document('one'));
    const provider = new SluiceProvider(source);
    const clients = [newDomain(), newDomain()].map((domain) => OpenFeature.getClient(domain));
    for (const { metadata } of clients) await OpenFeature.setProviderAndWait(metadata.domain as string, provider);
    const events = clients.map((client) => eventsOf(client));
    for (const each of events) expect(await each.next()).toMatchObject({ event: ProviderEvents.Ready });
    source.replace(document('two'));
    for (const each of events) expect(await each.next()).toMatchObject({ flagsChanged: ['flag'] });
    for (const client of clients) expect(await client.getStringValue('flag', 'x')).toBe('two');
  });

  it('serves on in one domain when it is replaced in the other, and is closed when it is replaced in both', async () => {
    const provider = new SluiceProvider(memorySource(document('one')));
    const [one, other] = [newDomain(), newDomain()];
    await OpenFeature.setProviderAndWait(one, provider);
    await OpenFeature.setProviderAndWait(other, provider);
    await OpenFeature.setProviderAndWait(one, new InMemoryProvider({}));
    expect(await OpenFeature.getClient(other).getStringValue('flag', 'x')).toBe('one');
    await OpenFeature.setProviderAndWait(other, new InMemoryProvider({}));
    expect(await provider.resolveStringEvaluation('flag', 'x', {})).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
  });

  it('serves each domain its own document, and the default to domains without a provider', async () => {
    const [bound, unbound] = [newDomain(), newDomain()];
    await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(document('default'))));
    await OpenFeature.setProviderAndWait(bound, new SluiceProvider(memorySource(document('bound'))));
    expect(await OpenFeature.getClient().getStringValue('flag', 'x')).toBe('default');
    expect(await OpenFeature.getClient(unbound).getStringValue('flag', 'x')).toBe('default');
    expect(await OpenFeature.getClient(bound).getStringValue('flag', 'x')).toBe('bound');
  });

  const inMemory = new InMemoryProvider({
    flag: { variants: { theirs: 'theirs' }, defaultVariant: 'theirs', disabled: false },
    other: { variants: { theirs: 'theirs' }, defaultVariant: 'theirs', disabled: false },
  });

  it('answers first in a MultiProvider, and leaves to the next what it does not have', async () => {
    const sluice = new SluiceProvider(memorySource(document('ours')));
    await OpenFeature.setProviderAndWait(new MultiProvider([{ provider: sluice }, { provider: inMemory }]));
    const client = OpenFeature.getClient();
    expect(await client.getStringDetails('flag', 'x')).toMatchObject({
      value: 'ours',
      variant: 'only',
      reason: 'STATIC',
    });
    expect(await client.getStringDetails('other', 'x')).toMatchObject({ value: 'theirs' });
  });

  it('has its state passed on by a MultiProvider, and its mark on stale answers', async () => {
    const { source, fail, tell } = switchable(document('ours'));
    const sluice = new SluiceProvider(source);
    await OpenFeature.setProviderAndWait(new MultiProvider([{ provider: sluice }, { provider: inMemory }]));
    const client = OpenFeature.getClient();
    const events = eventsOf(client);
    await events.next();
    fail(new Error('away'));
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Stale });
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
    expect((await client.getStringDetails('flag', 'x')).flagMetadata).toMatchObject({ stale: true });
    tell(document('ours'));
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
  });

  it('may stand in two MultiProviders that start at the same time', async () => {
    const sluice = new SluiceProvider(memorySource(document('ours')));
    const domains = [newDomain(), newDomain()];
    await Promise.all(
      domains.map((domain) =>
        OpenFeature.setProviderAndWait(domain, new MultiProvider([{ provider: sluice }, { provider: inMemory }])),
      ),
    );
    for (const domain of domains) {
      expect(await OpenFeature.getClient(domain).getStringValue('flag', 'x')).toBe('ours');
    }
  });

  it('receives what is tracked through a MultiProvider, as the others do', async () => {
    const first = testProvider({ flags: { flag: 'ours' } });
    const second = testProvider({ flags: { other: 'theirs' } });
    await OpenFeature.setProviderAndWait(new MultiProvider([{ provider: first }, { provider: second }]));
    OpenFeature.getClient().track('purchase', { targetingKey: 'u1' }, { value: 9.5 });
    expect(first.recorder.outcomes).toEqual([{ metric: 'purchase', value: 9.5 }]);
    expect(second.recorder.outcomes).toEqual([{ metric: 'purchase', value: 9.5 }]);
  });
});
