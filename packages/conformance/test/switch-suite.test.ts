import type { SwitchAuditEntry, SwitchChange, SwitchState, SwitchStates, SwitchStore } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { switchSuite } from '../src/switch-suite.ts';

interface Place {
  states: SwitchStates;
  readonly entries: SwitchAuditEntry[];
  readonly listeners: Set<() => void>;
}

const nothing: SwitchStates = { revision: 0, switches: new Map(), flags: new Map() };

/** The shortest store that keeps the contract. */
function store(place: Place): SwitchStore {
  let last = nothing.revision;
  const listening = new Set<() => void>();
  const change = (
    entry: Omit<SwitchAuditEntry, 'action' | 'at' | 'revision' | 'by' | 'why'>,
    by: string,
    why: string,
  ) => {
    const { target, state } = entry;
    const revision = place.states.revision + 1;
    const kept = { switches: new Map(place.states.switches), flags: new Map(place.states.flags) };
    const [states, name] = target.switch === undefined ? [kept.flags, target.flag] : [kept.switches, target.switch];
    if (state === null) states.delete(name);
    else states.set(name, state);
    place.states = { revision, ...kept };
    place.entries.unshift({ action: 'switch', at: 1, target, state, by, why, revision });
    for (const listener of place.listeners) listener();
    return revision;
  };
  return {
    name: 'map',
    async read() {
      last = place.states.revision;
      return place.states;
    },
    watch(listener) {
      let known = last;
      const tell = (): void => {
        if (place.states.revision === known) return;
        known = place.states.revision;
        listener({ states: place.states } satisfies SwitchChange);
      };
      listening.add(tell);
      place.listeners.add(tell);
      queueMicrotask(() => listening.has(tell) && tell());
    },
    set: async (target, state: SwitchState) => change({ target, state }, state.by, state.why),
    clear: async (target, { by, why }) => change({ target, state: null }, by, why),
    audit: async (limit) => place.entries.slice(0, limit),
    async close() {
      for (const tell of listening) place.listeners.delete(tell);
      listening.clear();
    },
  };
}

/** Runs the suite on two stores of a place and names the tests that fail. */
async function failures(made: (place: Place) => SwitchStore): Promise<string[]> {
  const failed: string[] = [];
  const bodies: [string, () => void | Promise<void>][] = [];
  switchSuite(
    { describe: (_, body) => body(), it: (name, body) => bodies.push([name, body]) },
    {
      name: 'map',
      create: () => {
        const place: Place = { states: nothing, entries: [], listeners: new Set() };
        return { store: made(place), other: made(place) };
      },
      without: { interruption: 'it is in memory' },
    },
  );
  for (const [name, body] of bodies) {
    try {
      await body();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

describe('the suite of switch stores', () => {
  it('passes a store that keeps the contract', async () => {
    expect(await failures(store)).toEqual([]);
  });

  it('fails one that forgets expiries', async () => {
    const forgetful = (place: Place): SwitchStore => {
      const kept = store(place);
      return { ...kept, set: (target, { expiresAt: _, ...state }) => kept.set(target, state) };
    };
    expect(await failures(forgetful)).toContain('keeps an expiry as it was set: who evaluates decides when it is over');
  });

  it('fails one that confuses names, and one that audits the oldest first', async () => {
    const confusing = (place: Place): SwitchStore => {
      const kept = store(place);
      const set: SwitchStore['set'] = (target, state) =>
        kept.set(target.switch === '{a}' ? { switch: 'a' } : target, state);
      return { ...kept, set };
    };
    expect(await failures(confusing)).toEqual(['keeps names of any shape apart, and texts as they were written']);
    const upsideDown = (place: Place): SwitchStore => {
      const kept = store(place);
      return { ...kept, audit: async (limit) => place.entries.slice(-limit).reverse() };
    };
    expect(await failures(upsideDown)).toEqual([
      'audits each change: what was set or taken back, by whom and why, newest first',
      'audits as many as it is asked for',
      'keeps every one of many changes made at once',
    ]);
  });

  it('fails one that goes on telling after it was closed', async () => {
    const talkative = (place: Place): SwitchStore => ({ ...store(place), close: async () => {} });
    expect(await failures(talkative)).toEqual([
      'tells nothing once it is closed, and tells again whoever watches after that',
    ]);
  });
});
