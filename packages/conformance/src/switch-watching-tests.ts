import assert from 'node:assert/strict';
import type { SwitchChange, SwitchState, SwitchStates, SwitchStore } from '@sluice/core';
import type { SwitchSuiteOptions, SwitchTest } from './switch-suite.ts';
import { type Told, told } from './told.ts';

/** What somebody relies on who watches a store of switches. */
export function switchWatchingTests(test: SwitchTest, without: NonNullable<SwitchSuiteOptions['without']>): void {
  test('tells of each later state, its own changes too', async ({ store, writer }) => {
    await writer.set({ switch: 'before' }, off);
    await store.read();
    const changes = follow(store);
    const first = await writer.set({ switch: 'agent' }, off);
    assert.deepEqual(await changes.next(), {
      states: { revision: first, switches: new Map(Object.entries({ before: off, agent: off })), flags: new Map() },
    });
    await writer.set({ flag: 'agent' }, off);
    assert.deepEqual((await changes.next()).states?.flags, new Map([['agent', off]]));
    const last = await writer.clear({ switch: 'agent' }, { by: 'ann', why: 'it is mended' });
    assert.deepEqual(await changes.next(), {
      states: { revision: last, switches: new Map([['before', off]]), flags: new Map([['agent', off]]) },
    });
  });

  test('tells of a change that was made between the read and the watch', async ({ store, writer }) => {
    await store.read();
    const revision = await writer.set({ switch: 'agent' }, off);
    assert.deepEqual((await follow(store).next()).states?.revision, revision);
  });

  test('tells of the state that there is where nothing was read before', async ({ store, writer }) => {
    const changes = follow(store);
    const revision = await writer.set({ switch: 'agent' }, off);
    const change = await changes.nextThat(({ states }) => states?.revision === revision);
    assert.deepEqual([...(change.states?.switches ?? [])], [['agent', off]]);
  });

  test('tells the last of many changes last, and never goes back', async ({ store, writer }) => {
    await store.read();
    const changes = follow(store);
    const names = Array.from({ length: 20 }, (_, index) => `switch ${index}`);
    const revisions = await Promise.all(names.map((name) => writer.set({ switch: name }, off)));
    const seen: number[] = [];
    const final = await changes.nextThat(({ states }) => {
      seen.push(states?.revision ?? Number.NaN);
      return states?.revision === Math.max(...revisions);
    });
    assert.deepEqual(
      seen,
      [...new Set(seen)].sort((a, b) => a - b),
    );
    assert.deepEqual([...(final.states?.switches.keys() ?? [])].sort(), [...names].sort());
  });

  test('tells states that no later change reaches into', async ({ store, writer }) => {
    await store.read();
    const changes = follow(store);
    await writer.set({ switch: 'a' }, off);
    const before = await changes.next();
    await writer.set({ switch: 'b' }, off);
    await changes.next();
    assert.deepEqual([...(before.states?.switches.keys() ?? [])], ['a']);
  });

  test('tells nothing once it is closed, and tells again whoever watches after that', async ({ store, writer }) => {
    await store.read();
    const before = follow(store);
    await store.close();
    await writer.set({ switch: 'a' }, off);
    await store.read();
    const after = follow(store);
    await writer.set({ switch: 'b' }, off);
    await after.nextThat(hasSwitch('b'));
    assert.deepEqual(before.untaken, []);
  });

  if (without.sharing === undefined) {
    test('tells of what another store changed', async ({ store, other }) => {
      assert.ok(other !== undefined, 'stores that share a place need `other`');
      await other.set({ switch: 'a' }, off);
      const read = await store.read();
      const [ours, theirs] = [follow(store), follow(other)];
      const revision = await other.set({ switch: 'b' }, off);
      const change = await ours.next();
      assert.equal(change.states?.revision, revision);
      assert.ok(revision > read.revision);
      assert.deepEqual((await theirs.nextThat(hasSwitch('b'))).states, change.states);
    });
  }

  if (without.interruption === undefined) {
    test('tells when it is out of reach, and its states again when it is back', async (under) => {
      const { store, writer, interrupt, resume } = under;
      assert.ok(interrupt !== undefined && resume !== undefined, 'a store that can be cut off needs both');
      await writer.set({ switch: 'a' }, off);
      const known = await store.read();
      const changes = follow(store);
      await interrupt();
      const { error } = await changes.nextThat((change) => change.error !== undefined);
      assert.ok(error instanceof Error && error.message.length > 0);
      await assert.rejects(store.read(), ({ message }: Error) => message.length > 0);
      await resume();
      assert.deepEqual((await changes.nextThat(({ states }) => states !== undefined)).states, known);
      await writer.set({ switch: 'b' }, off);
      await changes.nextThat(hasSwitch('b'));
    });
  }
}

function follow(store: SwitchStore): Told<SwitchChange> {
  return told((listener) => store.watch(listener));
}

const hasSwitch =
  (name: string) =>
  ({ states }: { readonly states?: SwitchStates }): boolean =>
    states?.switches.has(name) ?? false;

const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };
