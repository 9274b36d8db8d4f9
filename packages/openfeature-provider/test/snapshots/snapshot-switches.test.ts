import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { switchSuite } from '@sluice/conformance';
import type { SwitchChange, SwitchState, SwitchStore } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { memorySwitches } from '../../src/memory-switches.ts';
import { snapshotSwitches } from '../../src/snapshots/snapshot-switches.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { told } from '../told.ts';

switchSuite(
  { describe, it },
  {
    name: 'snapshotSwitches of memorySwitches',
    create: () => ({ store: snapshotSwitches(memorySwitches(), join(temporaryFolder(), 'switches.json')) }),
    without: { sharing: 'memory is not shared', interruption: 'memory is always in reach' },
  },
);

const off: SwitchState = { on: false, since: 1, by: 'ann', why: 'prices are wrong', expiresAt: 9_999_999_999_999 };

function unreachable(): { readonly store: SwitchStore; readonly tell: (change: SwitchChange) => void } {
  let listener: (change: SwitchChange) => void = () => {};
  const store: SwitchStore = {
    ...memorySwitches(),
    name: 'redis sluice',
    read: async () => {
      throw new Error('the connection is closed');
    },
    watch(next) {
      listener = next;
    },
  };
  return { store, tell: (change) => listener(change) };
}

describe('snapshotSwitches', () => {
  it('starts with what was known last where the store cannot be reached, and says as of when', async () => {
    const path = join(temporaryFolder(), 'switches.json');
    const memory = memorySwitches();
    const before = snapshotSwitches(memory, path);
    await before.read();
    const told1 = told<SwitchChange>();
    before.watch(told1.push);
    await memory.set({ switch: 'ai-agent' }, off);
    const { states } = await told1.next();
    await before.close();
    const { takenAt } = JSON.parse(readFileSync(path, 'utf8'));

    const { store, tell } = unreachable();
    const after = snapshotSwitches(store, path);
    expect(await after.read()).toEqual(states);
    const changes = told<SwitchChange>();
    after.watch(changes.push);
    const first = await changes.next();
    expect(first.error?.message).toMatch(
      /^serving the snapshot of 20\d\d-.*Z \(\d+ s old\): the connection is closed$/,
    );
    expect(first.asOf).toBe(takenAt);
    tell({ error: new Error('the connection is closed') });
    const revision = (states?.revision ?? 0) + 1;
    tell({ states: { revision, switches: new Map(), flags: new Map() } });
    expect((await changes.next()).states?.revision).toBe(revision);
    tell({ error: new Error('the connection is closed'), asOf: 5 });
    expect(await changes.next()).toEqual({ error: new Error('the connection is closed'), asOf: 5 });
    await after.close();
    expect(JSON.parse(readFileSync(path, 'utf8')).content).toEqual({ revision, switches: {}, flags: {} });
  });

  it('forgets no kill that a store has lost by the time of the next start, nor when such a store comes back', async () => {
    const path = join(temporaryFolder(), 'switches.json');
    const memory = memorySwitches();
    const before = snapshotSwitches(memory, path);
    await memory.set({ switch: 'ai-agent' }, off);
    const known = await before.read();
    await before.close();

    const emptied = memorySwitches();
    const after = snapshotSwitches(emptied, path);
    expect(await after.read()).toEqual(known);
    const changes = told<SwitchChange>();
    after.watch(changes.push);
    expect((await changes.next()).error?.message).toMatch(/serving the snapshot .* went back from revision \d+ to 0/);
    await after.close();

    const { store, tell } = unreachable();
    const later = snapshotSwitches(store, path);
    expect(await later.read()).toEqual(known);
    const told2 = told<SwitchChange>();
    later.watch(told2.push);
    await told2.next();
    tell({ states: { revision: 0, switches: new Map(), flags: new Map() } });
    expect((await told2.next()).error?.message).toMatch(/went back from revision \d+ to 0/);
    const mended = { revision: known.revision + 1, switches: new Map(), flags: new Map() };
    tell({ states: mended });
    expect(await told2.next()).toEqual({ states: mended });
    await later.close();
  });

  it('rejects as the store does where there is no snapshot, and with both reasons where it is spoiled', async () => {
    const path = join(temporaryFolder(), 'switches.json');
    const store = snapshotSwitches(unreachable().store, path);
    await expect(store.read()).rejects.toThrow(/^the connection is closed$/);
    writeFileSync(path, '{ "takenAt": 1, "content": { "document": { "sluice": 1 } } }');
    await expect(store.read()).rejects.toThrow(
      /^the connection is closed; and its snapshot .* these are no switch states/,
    );
  });

  it('has followers only where the store has them', async () => {
    const path = join(temporaryFolder(), 'switches.json');
    const without = snapshotSwitches(memorySwitches(), path);
    expect([without.followers, without.acknowledge]).toEqual([undefined, undefined]);
    const followers: { id: string; revision: number; at: number }[] = [];
    const store: SwitchStore = {
      ...memorySwitches(),
      followers: async () => followers,
      acknowledge: async (follower) => void followers.push({ ...follower, at: 1 }),
    };
    const withBoth = snapshotSwitches(store, path);
    await withBoth.acknowledge?.({ id: 'web-1', revision: 3 });
    expect(await withBoth.followers?.()).toEqual([{ id: 'web-1', revision: 3, at: 1 }]);
  });

  it('keeps the doubt of a start that comes before the store is closed', async () => {
    const path = join(temporaryFolder(), 'switches.json');
    const before = snapshotSwitches(memorySwitches(), path);
    await before.read();
    await before.close();
    let closed = (): void => {};
    const slow = { ...unreachable().store, close: () => new Promise<void>((resolve) => (closed = resolve)) };
    const store = snapshotSwitches(slow, path);
    const closing = store.close();
    await store.read();
    closed();
    await closing;
    const changes = told<SwitchChange>();
    store.watch(changes.push);
    expect((await changes.next()).error?.message).toContain('serving the snapshot');
  });
});
