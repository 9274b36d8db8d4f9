import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveFlags } from '../src/live-flags.ts';
import type { LiveFlagsEvent } from '../src/live-flags-event.ts';
import { LiveSwitches } from '../src/live-switches.ts';
import { memorySource } from '../src/memory-source.ts';
import { off, statesOf, switchableStore } from './switchable-store.ts';
import { told } from './told.ts';

const DAY_MS = 86_400_000;

describe('LiveSwitches', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells that a state has expired when it has, and holds it no longer', async () => {
    const expiries = told<void>();
    const live = new LiveSwitches(switchableStore().store, () => expiries.push());
    live.take({ states: statesOf({ agent: off({ expiresAt: Date.now() + 30 }), tools: off() }) });
    expect([...live.inForce.switches.keys()]).toEqual(['agent', 'tools']);
    await expiries.next();
    live.expire();
    expect([...live.inForce.switches.keys()]).toEqual(['tools']);
  });

  it('does not take up what has expired before it is told', () => {
    const live = new LiveSwitches(switchableStore().store, () => {});
    live.take({ states: statesOf({ agent: off({ expiresAt: 1 }) }, { model: off({ expiresAt: 1 }) }) });
    expect(live.inForce).toMatchObject({ revision: 1, switches: new Map(), flags: new Map() });
  });

  it('waits for an expiry that is further away than a timer reaches', () => {
    vi.useFakeTimers();
    const expired: number[] = [];
    const begin = Date.now();
    const live = new LiveSwitches(switchableStore().store, () => {
      live.expire();
      if (live.inForce.switches.size === 0) expired.push(Date.now() - begin);
    });
    live.take({ states: statesOf({ agent: off({ expiresAt: begin + 60 * DAY_MS }) }) });
    vi.advanceTimersByTime(59 * DAY_MS);
    expect(expired).toEqual([]);
    vi.advanceTimersByTime(DAY_MS);
    expect(expired).toEqual([60 * DAY_MS]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has one timer, for the next expiry, and none once it is forgotten', () => {
    vi.useFakeTimers();
    const live = new LiveSwitches(switchableStore().store, () => {});
    live.take({ states: statesOf({ agent: off({ expiresAt: Date.now() + DAY_MS }) }) });
    live.take({
      states: statesOf({}, { model: off({ expiresAt: Date.now() + DAY_MS }), b: off({ expiresAt: Date.now() + 9 }) }),
    });
    expect(vi.getTimerCount()).toBe(1);
    live.forget();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts the age from the first error, unless the store knows better', () => {
    vi.useFakeTimers();
    const live = new LiveSwitches(switchableStore().store, () => {});
    live.take({ states: statesOf({}) });
    vi.advanceTimersByTime(50_000);
    live.take({ error: new Error('one') });
    vi.advanceTimersByTime(5_000);
    live.take({ error: new Error('two') });
    expect(live.problem).toMatch(/ are 5 s old, as of .+: two$/);
    live.take({ error: new Error('three'), asOf: Date.now() - 20_000 });
    expect(live.problem).toMatch(/ are 20 s old, as of .+: three$/);
    live.take({ states: statesOf({}) });
    expect(live.problem).toBeUndefined();
    live.take({ error: new Error('four') });
    expect(live.problem).toMatch(/ are 0 s old, as of .+: four$/);
  });
});

describe('an expiry in LiveFlags', () => {
  it('is told as a change of the flags concerned, also while the store is away', async () => {
    const { store, tell } = switchableStore(statesOf({ agent: off({ expiresAt: Date.now() + 50 }) }));
    const source = memorySource({ sluice: 1, switches: { agent: {} }, flags: { model: { requires: ['agent'] } } });
    const events = told<LiveFlagsEvent>();
    const flags = new LiveFlags(source, { switches: store }, events.push);
    await flags.start();
    tell({ error: new Error('away') });
    expect(await events.next()).toMatchObject({ type: 'stale' });
    expect(await events.next()).toEqual({ type: 'changed', flagsChanged: ['agent', 'model'] });
    expect(flags.switches.switches.size).toBe(0);
    await flags.close();
  });
});
