import { createHook } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import type { Recorder } from '@sluice/core';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { testRecorder } from '../src/test-recorder.ts';
import { eventsOf, newDomain } from './registered.ts';
import { switchable } from './switchable-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

const document = { sluice: 1, flags: { flag: { rules: [{ when: { country: 'DE' }, serve: 'on' }] } } };
const servedBy = async (provider: SluiceProvider) =>
  (await provider.resolveBooleanEvaluation('flag', false, { country: 'DE' })).value;

function flushCounting(): { readonly recorder: Recorder; flushes(): number; closes(): number } {
  let flushes = 0;
  let closes = 0;
  const recorder: Recorder = {
    ...testRecorder(),
    async flush() {
      flushes++;
    },
    async close() {
      closes++;
    },
  };
  return { recorder, flushes: () => flushes, closes: () => closes };
}

function documentFile(): string {
  const path = join(temporaryFolder(), 'flags.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}

const HANDLES = ['FSEVENTWRAP', 'STATWATCHER', 'Timeout'];

/** Watches, polls and timers that a file's watch opens from now on; the promise resolves once none of them is left. */
function openedFromNow(): { readonly seen: string[]; closed(): Promise<void> } {
  const open = new Map<number, string>();
  const seen: string[] = [];
  let whenNoneIsLeft = (): void => {};
  const hook = createHook({
    init(id, type) {
      if (!HANDLES.includes(type) || !new Error().stack?.includes('watch-text-file')) return;
      open.set(id, type);
      seen.push(type);
    },
    destroy(id) {
      if (open.delete(id) && open.size === 0) whenNoneIsLeft();
    },
  }).enable();
  onTestFinished(() => void hook.disable());
  const closed = (): Promise<void> =>
    new Promise((resolve) => {
      whenNoneIsLeft = resolve;
      if (open.size === 0) resolve();
    });
  return { seen, closed };
}

describe('the shutdown of SluiceProvider', () => {
  afterEach(() => OpenFeature.clearProviders());

  it('lets go of every watch, poll and timer', async () => {
    const path = documentFile();
    const opened = openedFromNow();
    const provider = new SluiceProvider(fileSource(path, { settleMs: 3_600_000 }));
    await provider.initialize();
    // The file is another one by now, so there is a timer too, which waits until it stays the same.
    writeFileSync(path, '{}');
    while (!opened.seen.includes('Timeout')) await new Promise((resolve) => setImmediate(resolve));
    expect(new Set(opened.seen)).toEqual(new Set(HANDLES));
    await provider.onClose();
    await opened.closed();
  });

  it('begins no timer where it comes while the file is being read', async () => {
    const path = documentFile();
    const source = fileSource(path);
    const opened = openedFromNow();
    source.watch?.(() => {});
    await source.close();
    expect(await source.read()).toMatchObject({ warnings: [] });
    await opened.closed();
    expect(opened.seen).not.toContain('Timeout');
  });

  it.each(['closed', 'left open'])('lets a process end by itself when it is %s', async (how) => {
    const built = fileURLToPath(new URL('../dist/esm/index.js', import.meta.url));
    if (!existsSync(built)) throw new Error(`${built} is missing: run "pnpm build" first`);
    const program = fileURLToPath(new URL('./programs/evaluate-once.mjs', import.meta.url));
    // Without the options by which the test runner resolves packages to their sources.
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, [program, documentFile(), how], { env });
    expect(stdout).toBe('true');
  });

  it('does nothing more when it is repeated, at once or later, or without a start', async () => {
    const { recorder, flushes, closes } = flushCounting();
    const provider = new SluiceProvider(fileSource(documentFile()), { recorder });
    await provider.onClose();
    await provider.initialize();
    await Promise.all([provider.onClose(), provider.onClose()]);
    await provider.onClose();
    expect(flushes()).toBe(4);
    expect(closes()).toBe(0);
  });

  it('returns to PROVIDER_NOT_READY and can be started again', async () => {
    const path = documentFile();
    const provider = new SluiceProvider(fileSource(path, { settleMs: 5 }));
    const domain = newDomain();
    await OpenFeature.setProviderAndWait(domain, provider);
    await provider.onClose();
    expect(await provider.resolveBooleanEvaluation('flag', true, {})).toMatchObject({
      value: true,
      errorCode: 'PROVIDER_NOT_READY',
    });
    await provider.initialize();
    expect(await servedBy(provider)).toBe(true);
    const events = eventsOf(OpenFeature.getClient(domain));
    await events.next();
    writeFileSync(path, '{ "sluice": 1, "flags": { "flag": {} } }');
    expect(await events.next()).toEqual({ event: ProviderEvents.ConfigurationChanged, flagsChanged: ['flag'] });
    expect(await servedBy(provider)).toBe(false);
  });

  it('hears nothing of the source any more, whatever that still says', async () => {
    const { source, tell, fail } = switchable(document);
    const provider = new SluiceProvider(source);
    const told: string[] = [];
    for (const event of Object.values(ProviderEvents)) provider.events.addHandler(event, () => void told.push(event));
    await provider.initialize();
    await provider.onClose();
    fail(new Error('away'));
    tell(document);
    expect(told).toEqual([]);
    expect(await servedBy(provider)).toBe(false);
  });

  it('flushes the recorder also where the source cannot be closed', async () => {
    const { recorder, flushes } = flushCounting();
    const source = { ...memorySource(document), close: () => Promise.reject(new Error('stuck')) };
    const provider = new SluiceProvider(source, { recorder });
    await provider.initialize();
    await expect(provider.onClose()).rejects.toThrow('stuck');
    expect(flushes()).toBe(1);
  });

  it('is reached by OpenFeature.close(), for the default and for every domain', async () => {
    const providers = [1, 2, 3].map(() => new SluiceProvider(memorySource(document)));
    const [first, second, third] = providers as [SluiceProvider, SluiceProvider, SluiceProvider];
    await OpenFeature.setProviderAndWait(first);
    await OpenFeature.setProviderAndWait(newDomain(), second);
    const shared = newDomain();
    await OpenFeature.setProviderAndWait(shared, third);
    await OpenFeature.setProviderAndWait(newDomain(), third);
    for (const provider of providers) expect(await servedBy(provider)).toBe(true);
    await OpenFeature.close();
    for (const provider of providers) expect(await servedBy(provider)).toBe(false);
  });
});
