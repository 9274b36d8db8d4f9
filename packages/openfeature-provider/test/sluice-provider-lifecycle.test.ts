import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenFeature, ProviderEvents, ServerProviderStatus } from '@openfeature/server-sdk';
import { type Document, parseDocument, type Reading, type Source, type SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { eventsOf, newDomain } from './registered.ts';
import { switchable } from './switchable-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

const on = {
  sluice: 1,
  flags: { flag: { rules: [{ when: { country: 'DE' }, serve: 'on' }] } },
  switches: { agent: {} },
};
const yaml = 'sluice: 1\nflags:\n  flag: { rules: [{ when: { country: DE }, serve: on }] }\n';
const good: Reading = { document: on as Document, warnings: [] };
const inGermany = { country: 'DE' };

/** A source whose reads end when the test says so. */
function slowSource(): { readonly source: Source; finish(): void; readonly calls: string[] } {
  const calls: string[] = [];
  const finishes: (() => void)[] = [];
  const { document, problems } = parseDocument(on);
  const source: Source = {
    name: 'slow',
    read: () =>
      new Promise<Reading>((resolve) => {
        calls.push('read');
        finishes.push(() => document && resolve({ document, warnings: problems }));
      }),
    watch: () => calls.push('watch'),
    async close() {
      calls.push('close');
    },
  };
  return { source, calls, finish: () => finishes.shift()?.() };
}

/** The turns of the event loop in which promises that are settled already are passed on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the life of SluiceProvider', () => {
  it('begins with PROVIDER_NOT_READY and the default', async () => {
    const provider = new SluiceProvider(memorySource(on));
    expect(await provider.resolveBooleanEvaluation('flag', true, inGermany)).toEqual({
      value: true,
      reason: 'ERROR',
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: 'memory has not been read yet',
      flagMetadata: {},
    });
  });

  it('is told READY once, by the SDK', async () => {
    const domain = newDomain();
    const events = eventsOf(OpenFeature.getClient(domain));
    const source = memorySource(on);
    const provider = new SluiceProvider(source);
    onTestFinished(() => provider.onClose());
    await OpenFeature.setProviderAndWait(domain, provider);
    source.replace({ sluice: 1 });
    const seen = [await events.next(), await events.next()];
    expect(seen.map(({ event }) => event)).toEqual([ProviderEvents.Ready, ProviderEvents.ConfigurationChanged]);
  });

  it('starts in ERROR with a bad file, naming line and column, and is READY by itself once it is mended', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    writeFileSync(path, 'sluice: 1\nflags:\n  flag: { enabld: true }\n');
    const provider = new SluiceProvider(fileSource(path, { settleMs: 5 }));
    onTestFinished(() => provider.onClose());
    const domain = newDomain();
    const client = OpenFeature.getClient(domain);
    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow(
      / 3:11 {2}error {2}flags\.flag\.enabld/,
    );
    expect(client.providerStatus).toBe(ServerProviderStatus.ERROR);
    expect(await client.getBooleanDetails('flag', false, inGermany)).toMatchObject({
      value: false,
      errorCode: 'PROVIDER_NOT_READY',
      errorMessage: expect.stringContaining('3:11'),
    });
    const events = eventsOf(client);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Error });

    writeFileSync(path, yaml);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['flag'] });
    expect(client.providerStatus).toBe(ServerProviderStatus.READY);
    expect(await client.getBooleanValue('flag', false, inGermany)).toBe(true);
  });

  it('starts in ERROR without a file, tells each other reason, and is READY once there is a good one', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    const provider = new SluiceProvider(fileSource(path, { settleMs: 5 }));
    onTestFinished(() => provider.onClose());
    const domain = newDomain();
    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow(
      `${path} cannot be read: there is no`,
    );
    const events = eventsOf(OpenFeature.getClient(domain));
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Error });
    writeFileSync(path, 'sluice: 2\n');
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Error, message: expect.stringContaining('1:1') });
    writeFileSync(path, yaml);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
  });

  it.each([
    ['fails as soon as it is watched is STALE', on, { error: new Error('away') }, ServerProviderStatus.STALE],
    ['is mended as soon as it is watched is READY', { sluice: 2 }, { reading: good }, ServerProviderStatus.READY],
  ] as const)('whose source %s, though the SDK has yet to hear of the start', async (_, first, change, status) => {
    const source = { ...switchable(first).source, watch: (listener: (told: SourceChange) => void) => listener(change) };
    const domain = newDomain();
    await OpenFeature.setProviderAndWait(domain, new SluiceProvider(source)).catch(() => {});
    await settled();
    expect(OpenFeature.getClient(domain).providerStatus).toBe(status);
  });

  it('names switches as well when it is READY after a bad start, because they resolve as flags', async () => {
    const { source, tell } = switchable({ sluice: 2 });
    const provider = new SluiceProvider(source);
    const domain = newDomain();
    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow('is not a format');
    const events = eventsOf(OpenFeature.getClient(domain));
    await events.next();
    tell(on);
    expect(await events.next()).toMatchObject({ event: ProviderEvents.Ready });
    expect(await events.next()).toMatchObject({ flagsChanged: ['flag', 'agent'] });
  });

  it('reads once, however many initialise it', async () => {
    const { source, calls, finish } = slowSource();
    const provider = new SluiceProvider(source);
    const both = Promise.all([provider.initialize(), provider.initialize()]);
    await settled();
    finish();
    await both;
    await provider.initialize();
    expect(calls).toEqual(['read', 'watch']);
  });

  it('reads anew when it is initialised after a failure', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    const provider = new SluiceProvider(fileSource(path));
    onTestFinished(() => provider.onClose());
    await expect(provider.initialize()).rejects.toThrow('there is no such file');
    writeFileSync(path, yaml);
    await provider.initialize();
    expect(await provider.resolveBooleanEvaluation('flag', false, inGermany)).toMatchObject({ value: true });
    rmSync(path);
  });

  it('watches nothing, and says so, when it is closed while it is being read', async () => {
    const { source, calls, finish } = slowSource();
    const provider = new SluiceProvider(source);
    const initialized = provider.initialize();
    await settled();
    await provider.onClose();
    finish();
    await expect(initialized).rejects.toThrow('slow was closed before it had been read');
    expect(calls).toEqual(['read', 'close']);
    expect(await provider.resolveBooleanEvaluation('flag', true, inGermany)).toMatchObject({
      errorCode: 'PROVIDER_NOT_READY',
    });
  });

  it('belongs to the last start when it is closed and initialised again while it is being read', async () => {
    const { source, calls, finish } = slowSource();
    const provider = new SluiceProvider(source);
    const first = provider.initialize();
    await settled();
    await provider.onClose();
    const second = provider.initialize();
    await settled();
    finish();
    await expect(first).rejects.toThrow('was closed');
    finish();
    await second;
    expect(calls).toEqual(['read', 'close', 'read', 'watch']);
    expect(await provider.resolveBooleanEvaluation('flag', false, inGermany)).toMatchObject({ value: true });
  });
});
