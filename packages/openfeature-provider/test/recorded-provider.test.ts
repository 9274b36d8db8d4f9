import {
  type Hook,
  InMemoryProvider,
  type JsonValue,
  MultiProvider,
  OpenFeature,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  ServerProviderStatus,
} from '@openfeature/server-sdk';
import type { Recorder } from '@sluice/core';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedProvider } from '../src/recorded-provider.ts';
import { testRecorder } from '../src/test-recorder.ts';
import { eventsOf } from './registered.ts';

/** A provider as vendors write them: private fields, that only methods called on itself can read. */
class VendorProvider implements Provider {
  readonly metadata = { name: 'vendor' };
  readonly runsOn = 'server';
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly domainScoped = true;
  readonly hooks: Hook[] = [{ before: (context) => void this.#log.push(`before ${context.flagKey}`) }];
  readonly #log: string[] = [];

  get log(): readonly string[] {
    return this.#log;
  }

  async initialize(context?: object, domain?: string): Promise<void> {
    this.#log.push(`initialize ${JSON.stringify(context)} ${domain}`);
  }

  async onClose(): Promise<void> {
    this.#log.push('close');
  }

  track(name: string): void {
    this.#log.push(`track ${name}`);
  }

  async #resolve<T extends JsonValue>(value: T): Promise<ResolutionDetails<T>> {
    return { value, reason: 'STATIC' };
  }

  resolveBooleanEvaluation = (): Promise<ResolutionDetails<boolean>> => this.#resolve(true);
  resolveStringEvaluation(): Promise<ResolutionDetails<string>> {
    return this.#resolve('text');
  }
  resolveNumberEvaluation(): Promise<ResolutionDetails<number>> {
    return this.#resolve(7);
  }
  resolveObjectEvaluation<T extends JsonValue>(): Promise<ResolutionDetails<T>> {
    return this.#resolve<JsonValue>({ a: 1 }) as Promise<ResolutionDetails<T>>;
  }
}

describe('recordedProvider', () => {
  afterEach(() => OpenFeature.clearProviders());

  it('hands what is tracked to the recorder and to the vendor', async () => {
    const recorder = testRecorder();
    const vendor = new VendorProvider();
    await OpenFeature.setProviderAndWait(recordedProvider(vendor, recorder));
    OpenFeature.getClient().track('purchase', { targetingKey: 'u1' }, { value: 3 });
    expect(recorder.outcomes).toEqual([{ metric: 'purchase', value: 3 }]);
    expect(vendor.log).toContain('track purchase');
  });

  it('records what is tracked also for a provider that tracks nothing', async () => {
    const recorder = testRecorder();
    const variants = { yes: true };
    const vendor = new InMemoryProvider({ flag: { variants, defaultVariant: 'yes', disabled: false } });
    await OpenFeature.setProviderAndWait(recordedProvider(vendor, recorder));
    const client = OpenFeature.getClient();
    expect(await client.getBooleanDetails('flag', false)).toMatchObject({ value: true, variant: 'yes' });
    client.track('purchase', {});
    expect(recorder.outcomes).toEqual([{ metric: 'purchase', value: 1 }]);
  });

  it('leaves every answer, the context, the domain and the hooks to the vendor, private fields included', async () => {
    const vendor = new VendorProvider();
    OpenFeature.setContext({ region: 'eu' });
    await OpenFeature.setProviderAndWait('vendor-domain', recordedProvider(vendor, testRecorder()));
    OpenFeature.setContext({});
    const client = OpenFeature.getClient('vendor-domain');
    expect(client.metadata.providerMetadata).toEqual({ name: 'vendor' });
    expect(await client.getBooleanValue('b', false)).toBe(true);
    expect(await client.getStringValue('s', '')).toBe('text');
    expect(await client.getNumberValue('n', 0)).toBe(7);
    expect(await client.getObjectValue('o', {})).toEqual({ a: 1 });
    expect(vendor.log).toEqual([
      'initialize {"region":"eu"} vendor-domain',
      'before b',
      'before s',
      'before n',
      'before o',
    ]);
  });

  it('is bound to one domain only where the vendor is', async () => {
    const provider = recordedProvider(new VendorProvider(), testRecorder());
    await OpenFeature.setProviderAndWait('one', provider);
    await expect(OpenFeature.setProviderAndWait('other', provider)).rejects.toThrow(/more than one domain/);
  });

  it('passes the events of the vendor on', async () => {
    const vendor = new VendorProvider();
    await OpenFeature.setProviderAndWait(recordedProvider(vendor, testRecorder()));
    const client = OpenFeature.getClient();
    const events = eventsOf(client);
    await events.next();
    vendor.events.emit(ProviderEvents.Stale, { message: 'away' });
    expect(await events.next()).toEqual({ event: ProviderEvents.Stale, message: 'away' });
    expect(client.providerStatus).toBe(ServerProviderStatus.STALE);
  });

  it('wraps a MultiProvider, whose children each receive what is tracked', async () => {
    const recorder = testRecorder();
    const vendor = new VendorProvider();
    const vendors = new MultiProvider([{ provider: vendor }, { provider: new InMemoryProvider({}) }]);
    await OpenFeature.setProviderAndWait(recordedProvider(vendors, recorder));
    const client = OpenFeature.getClient();
    expect(await client.getStringValue('s', '')).toBe('text');
    client.track('purchase', {});
    expect(vendor.log).toContain('track purchase');
    expect(recorder.outcomes).toHaveLength(1);
  });

  it('flushes the recorder once the vendor is closed, also where that fails, and leaves it open', async () => {
    const order: string[] = [];
    const recorder: Recorder = {
      ...testRecorder(),
      flush: async () => void order.push('flush'),
      close: async () => void order.push('close the recorder'),
    };
    const vendor = new VendorProvider();
    vendor.onClose = async () => {
      await Promise.resolve();
      order.push('close');
      throw new Error('stuck');
    };
    await expect(recordedProvider(vendor, recorder).onClose?.()).rejects.toThrow('stuck');
    expect(order).toEqual(['close', 'flush']);
    await recordedProvider(new InMemoryProvider({}), recorder).onClose?.();
    expect(order).toEqual(['close', 'flush', 'flush']);
  });
});
