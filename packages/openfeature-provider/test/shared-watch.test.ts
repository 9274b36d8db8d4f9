import { join } from 'node:path';
import type { Source, SwitchStore } from '@sluice/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileSwitches } from '../src/file-switches.ts';
import { httpSource } from '../src/http/http-source.ts';
import { LiveFlags } from '../src/live-flags.ts';
import type { LiveFlagsEvent } from '../src/live-flags-event.ts';
import { memorySource } from '../src/memory-source.ts';
import { memorySwitches } from '../src/memory-switches.ts';
import { servedDocument } from './http/document-server.ts';
import { startServer } from './http/start-server.ts';
import { off, statesOf, switchableStore } from './switchable-store.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Told, told } from './told.ts';

const documentWith = (control: string) => ({
  sluice: 1,
  switches: { agent: {} },
  flags: { model: { requires: ['agent'], variants: { a: 'A', b: 'B' }, control } },
});

interface Live {
  readonly flags: LiveFlags;
  readonly events: Told<LiveFlagsEvent>;
  readonly value: () => unknown;
}

function live(source: Source, switches?: SwitchStore): Live {
  const events = told<LiveFlagsEvent>();
  const flags = new LiveFlags(source, switches === undefined ? {} : { switches }, events.push);
  onTestFinished(() => flags.close());
  const value = () => (flags.evaluate('model', {}) as { readonly value?: unknown }).value;
  return { flags, events, value };
}

const isOff = ({ flags }: Live) => flags.switches.switches.get('agent')?.on === false;

describe('several who follow one switch store', () => {
  it.each(['memory', 'file'])('still hear of a kill when one of them is closed (%s)', async (kind) => {
    const store = kind === 'memory' ? memorySwitches() : fileSwitches(join(temporaryFolder(), 'switches.json'));
    const [one, other] = [live(memorySource(documentWith('a')), store), live(memorySource(documentWith('a')), store)];
    await Promise.all([one.flags.start(), other.flags.start()]);
    await one.flags.close();
    await store.set({ switch: 'agent' }, off());
    await vi.waitFor(() => expect(isOff(other)).toBe(true));
  });

  it('hear of a kill also where the store has one listener only', async () => {
    const { store, tell, calls } = switchableStore();
    const [one, other] = [live(memorySource(documentWith('a')), store), live(memorySource(documentWith('a')), store)];
    await one.flags.start();
    await other.flags.start();
    tell({ states: statesOf({ agent: off() }) });
    expect([isOff(one), isOff(other)]).toEqual([true, true]);
    await one.flags.close();
    expect(calls).not.toContain('close');
    await other.flags.close();
    expect(calls.filter((call) => call === 'close')).toHaveLength(1);
  });

  it('know of a kill that came after their read and before their watch', async () => {
    const store = memorySwitches();
    let read = (): void => {};
    const slow = memorySource(documentWith('a'));
    const held = new Promise<void>((resolve) => {
      read = resolve;
    });
    const first = live({ ...slow, read: () => held.then(() => slow.read()) }, store);
    const started = first.flags.start();
    await vi.waitFor(async () => expect((await store.read()).revision).toBe(0));
    await store.set({ switch: 'agent' }, off());
    const second = live(memorySource(documentWith('a')), store);
    await second.flags.start();
    read();
    await started;
    await vi.waitFor(() => expect([isOff(first), isOff(second)]).toEqual([true, true]));
  });

  it('are told by one who joins late that the store fails, with what is known', async () => {
    const { store, tell } = switchableStore(statesOf({ agent: off() }));
    const one = live(memorySource(documentWith('a')), store);
    await one.flags.start();
    tell({ error: new Error('it is gone'), asOf: 5 });
    const late = live(memorySource(documentWith('a')), store);
    await late.flags.start();
    expect(isOff(late)).toBe(true);
    expect(await late.events.next()).toMatchObject({ type: 'stale', message: expect.stringContaining('it is gone') });
    tell({ states: statesOf({ agent: off() }) });
    expect(await late.events.next()).toMatchObject({ type: 'recovered' });
    expect(one.flags.problem).toBeUndefined();
  });
});

describe('several who follow one source', () => {
  it('all get the next document, whoever read in between, and when one is closed (http)', async () => {
    const served = servedDocument('etag');
    served.text = JSON.stringify(documentWith('a'));
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags`, { pollIntervalMs: 20 });
    const one = live(source);
    await one.flags.start();
    served.text = JSON.stringify(documentWith('b'));
    const other = live(source);
    await other.flags.start();
    await vi.waitFor(() => expect([one.value(), other.value()]).toEqual(['B', 'B']));
    await other.flags.close();
    served.text = JSON.stringify(documentWith('a'));
    await vi.waitFor(() => expect(one.value()).toBe('A'));
  });

  it('read anew after a start that failed, and watch once', async () => {
    const inner = memorySource(documentWith('a'));
    const listeners = new Set<unknown>();
    let fails = true;
    const source: Source = {
      ...inner,
      read: () => (fails ? Promise.reject(new Error('not yet')) : inner.read()),
      watch(listener) {
        listeners.add(listener);
        inner.watch?.(listener);
      },
    };
    const one = live(source);
    for (let tries = 0; tries < 3; tries++) await expect(one.flags.start()).rejects.toThrow('not yet');
    fails = false;
    await one.flags.start();
    expect(listeners.size).toBe(1);
    inner.replace(documentWith('b'));
    expect(one.value()).toBe('B');
  });
});

describe('one who throws when told', () => {
  it('keeps no kill from the others, nor fails the one who switched', async () => {
    const warnings = told<Error>();
    process.on('warning', warnings.push);
    onTestFinished(() => void process.off('warning', warnings.push));
    const store = memorySwitches();
    const bad = new LiveFlags(memorySource(documentWith('a')), { switches: store }, () => {
      throw new Error('no log');
    });
    onTestFinished(() => bad.close());
    const other = live(memorySource(documentWith('a')), store);
    await bad.start();
    await other.flags.start();
    await store.set({ switch: 'agent' }, off());
    expect(isOff(other)).toBe(true);
    expect((await warnings.next()).message).toBe('telling of memory failed: no log');
  });
});
