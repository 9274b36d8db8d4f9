import type { Evaluation, Source, SwitchStore } from '@sluice/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LiveFlags, type LiveFlagsOptions } from '../src/live-flags.ts';
import type { LiveFlagsEvent } from '../src/live-flags-event.ts';
import { memorySource } from '../src/memory-source.ts';
import { switchable } from './switchable-source.ts';
import { off, statesOf, switchableStore } from './switchable-store.ts';
import { type Told, told } from './told.ts';

const document = {
  sluice: 1,
  version: '7',
  switches: { agent: {} },
  flags: {
    model: {
      requires: ['agent'],
      variants: { a: 'A', b: 'B' },
      control: 'a',
      rollout: { percentage: 100, serve: 'b' },
    },
    kept: {
      sticky: true,
      requires: ['agent'],
      variants: { a: 'A', b: 'B' },
      control: 'a',
      rollout: { percentage: 100, serve: 'b' },
    },
  },
};
const user = { targetingKey: 'u1' };

function live(source: Source, options: LiveFlagsOptions = {}): { flags: LiveFlags; events: Told<LiveFlagsEvent> } {
  const events = told<LiveFlagsEvent>();
  const flags = new LiveFlags(source, options, events.push);
  onTestFinished(() => flags.close());
  return { flags, events };
}

describe('LiveFlags', () => {
  it('has no flags, nothing switched and no problem before it is started', () => {
    const { flags } = live(memorySource(document));
    expect(flags.flags).toBeUndefined();
    expect(flags.switches).toMatchObject({ revision: 0 });
    expect(flags.problem).toBeUndefined();
    expect(flags.evaluate('model', user)).toMatchObject({ errorCode: 'PROVIDER_NOT_READY' });
  });

  it('holds a kill whose end the clock, ahead for a moment, had seen', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const now = Date.now();
    const { store, tell } = switchableStore();
    const { flags } = live(memorySource(document), { switches: store });
    await flags.start();
    vi.setSystemTime(now + 2);
    tell({ states: statesOf({ agent: off({ expiresAt: now + 1 }) }) });
    expect(flags.evaluate('model', user)).toMatchObject({ value: 'B' });
    vi.setSystemTime(now);
    expect(flags.evaluate('model', user)).toMatchObject({ value: 'A' });
  });

  it('reads the source and the switches side by side', async () => {
    const begun: string[] = [];
    const never = (what: string) => () => new Promise<never>(() => begun.push(what));
    const source: Source = { name: 'slow', read: never('source'), close: async () => {} };
    const switches: SwitchStore = { ...switchableStore().store, read: never('switches') };
    void live(source, { switches }).flags.start();
    await vi.waitFor(() => expect(begun).toEqual(['source', 'switches']));
  });

  it('tells nothing of a start at which all is well', async () => {
    const { flags, events } = live(memorySource(document), {
      switches: switchableStore(statesOf({ agent: off() })).store,
    });
    await flags.start();
    expect(events.untaken).toEqual([]);
    expect(flags.switches.switches.get('agent')).toMatchObject({ on: false });
    expect(flags.evaluate('model', user)).toMatchObject({ value: 'A' });
  });

  it('rejects where the source cannot be read, and holds the switches when it can', async () => {
    const { source, tell } = switchable({ sluice: 2 });
    const { flags, events } = live(source, {
      switches: switchableStore(statesOf({ agent: off(), uploads: off() })).store,
    });
    await expect(flags.start()).rejects.toThrow('is not a format');
    expect(flags.problem).toContain('is not a format');
    tell(document);
    expect(await events.next()).toEqual({ type: 'recovered', message: 'switchable is well again' });
    expect(await events.next()).toEqual({ type: 'changed', flagsChanged: ['model', 'kept', 'agent', 'uploads'] });
    expect(flags.evaluate('model', user)).toMatchObject({ value: 'A' });
    expect(flags.problem).toBeUndefined();
  });

  it('tells nothing of the switches as long as there is no document, and of both in problem', async () => {
    const { source, fail } = switchable({ sluice: 2 });
    const { store, tell } = switchableStore(new Error('refused'));
    const { flags, events } = live(source, { switches: store });
    await expect(flags.start()).rejects.toThrow('is not a format');
    tell({ error: new Error('away') });
    tell({ states: statesOf({ agent: off() }) });
    tell({ error: new Error('away') });
    fail(new Error('gone'));
    expect(await events.next()).toEqual({ type: 'failed', message: 'gone' });
    expect(flags.problem).toMatch(/^gone; switch states of redis test are 0 s old.+: away$/);
    expect(flags.evaluate('model', user)).toMatchObject({ errorCode: 'PROVIDER_NOT_READY', errorMessage: 'gone' });
  });

  it('marks a copy of the answer while it is stale, and keeps its reason', async () => {
    const { source, fail } = switchable(document);
    const { flags } = live(source);
    await flags.start();
    const fresh = flags.evaluate('model', user) as Evaluation;
    expect(fresh.flagMetadata).not.toHaveProperty('stale');
    fail(new Error('away'));
    expect(flags.evaluate('model', user)).toEqual({ ...fresh, flagMetadata: { ...fresh.flagMetadata, stale: true } });
    expect(fresh.flagMetadata).not.toHaveProperty('stale');
  });

  it('marks the answer of a sticky flag too that waited for its assignment', async () => {
    const { source, fail } = switchable(document);
    const assignments = {
      name: 'late',
      get: async () => undefined,
      set: async () => {},
      delete: async () => {},
      close: async () => {},
    };
    const { flags } = live(source, { assignments });
    await flags.start();
    fail(new Error('away'));
    expect(await flags.evaluate('kept', user)).toMatchObject({ value: 'B', flagMetadata: { stale: true } });
  });

  it('serves control also to whom was waiting for an assignment while the switch was turned off', async () => {
    let answer = (): void => {};
    const assignments = {
      name: 'late',
      get: () =>
        new Promise<undefined>((resolve) => {
          answer = () => resolve(undefined);
        }),
      set: async () => {},
      delete: async () => {},
      close: async () => {},
    };
    const { store, tell } = switchableStore();
    const { flags } = live(memorySource(document), { assignments, assignmentTimeoutMs: 10_000, switches: store });
    await flags.start();
    const waiting = flags.evaluate('kept', user);
    tell({ states: statesOf({ agent: off() }) });
    answer();
    expect(await waiting).toMatchObject({ value: 'A', flagMetadata: { switch: 'agent' } });
  });

  it('says in problem how old the switch states are by now', async () => {
    const { store, tell } = switchableStore();
    const { flags } = live(memorySource(document), { switches: store });
    await flags.start();
    tell({ error: new Error('away'), asOf: Date.now() - 3_600_000 });
    expect(flags.problem).toMatch(/^switch states of redis test are 60 min old, as of .+: away$/);
  });

  it('tells a change after the answers have changed', async () => {
    const { store, tell } = switchableStore();
    const seen: unknown[] = [];
    const flags = new LiveFlags(memorySource(document), { switches: store }, () => {
      seen.push((flags.evaluate('model', user) as Evaluation).value);
    });
    onTestFinished(() => flags.close());
    await flags.start();
    tell({ states: statesOf({ agent: off() }) });
    expect(seen).toEqual(['A']);
  });

  it('closes the store too where the source cannot be closed, and can be started again', async () => {
    const { store, calls, tell } = switchableStore(statesOf({ agent: off() }));
    const source = {
      ...memorySource(document),
      close: vi.fn().mockRejectedValueOnce(new Error('stuck')).mockResolvedValue(undefined),
    };
    const { flags } = live(source, { switches: store });
    await flags.start();
    await expect(flags.close()).rejects.toThrow('stuck');
    expect(calls).toEqual(['read', 'watch', 'close']);
    tell({ states: statesOf({ agent: off() }) });
    expect(flags.switches.switches.size).toBe(0);
    await flags.start();
    expect(flags.evaluate('model', user)).toMatchObject({ value: 'A' });
  });
});
