import assert from 'node:assert/strict';
import type { Author, SwitchAuditEntry, SwitchState, SwitchStates, SwitchStore, SwitchTarget } from '@sluice/core';
import type { Runner } from './runner.ts';
import { switchWatchingTests } from './switch-watching-tests.ts';

/** Stores on one place that nothing was written to. */
export interface SwitchStoresUnderTest {
  readonly store: SwitchStore;
  /** Another on the same place: it shares nothing with the first but the place. */
  readonly other?: SwitchStore;
  /** Takes the place out of the first store's reach. */
  readonly interrupt?: () => Promise<void>;
  /** Takes it back into reach. */
  readonly resume?: () => Promise<void>;
}

export interface SwitchSuiteOptions {
  /** What the tests call the store. */
  readonly name: string;
  /** Makes stores at a place of their own. */
  readonly create: () => SwitchStoresUnderTest | Promise<SwitchStoresUnderTest>;
  /** What the store cannot do, each with the reason. */
  readonly without?: {
    /** Its switches can be set and cleared, and its audit trail read; where they cannot, `other` writes. */
    readonly writing?: string;
    /** Several stores can stand on one place. */
    readonly sharing?: string;
    /** Its place can come out of reach. */
    readonly interruption?: string;
  };
}

/** A store of the suite, and what writes to its place. */
interface SwitchStoresInTest extends SwitchStoresUnderTest {
  readonly writer: SwitchStore;
}

export type SwitchTest = (sentence: string, body: (under: SwitchStoresInTest) => Promise<void>) => void;

/** What a provider and an operator rely on in every store of switches. */
export function switchSuite(runner: Runner, options: SwitchSuiteOptions): void {
  const { describe, it } = runner;
  const { name, create, without = {} } = options;

  const test: SwitchTest = (sentence, body) =>
    it(sentence, async () => {
      const under = await create();
      try {
        const writer = without.writing === undefined ? under.store : under.other;
        assert.ok(writer !== undefined, 'a store that cannot write needs `other`, which does');
        await body({ ...under, writer });
      } finally {
        await Promise.all([under.store.close(), under.other?.close()]);
      }
    });

  describe(`switch store: ${name}`, () => {
    test('has a name for messages', async ({ store }) => {
      assert.ok(store.name.length > 0);
    });

    test('holds nothing, at revision 0, before the first change', async ({ store }) => {
      assert.deepEqual(await store.read(), { revision: 0, switches: new Map(), flags: new Map() });
    });

    test('reads what was set, whole, switches and flags of one name apart', async ({ store, writer }) => {
      await writer.set({ switch: 'agent' }, whole);
      const revision = await writer.set({ flag: 'agent' }, bare);
      assert.deepEqual(await store.read(), {
        revision,
        switches: new Map([['agent', whole]]),
        flags: new Map([['agent', bare]]),
      });
    });

    test('reads the last of several states, and none that was taken back', async ({ store, writer }) => {
      await writer.set({ switch: 'a' }, bare);
      await writer.set({ switch: 'a' }, whole);
      await writer.set({ switch: 'b' }, bare);
      await writer.set({ flag: 'b' }, bare);
      const revision = await writer.clear({ switch: 'b' }, ann);
      assert.deepEqual(await store.read(), {
        revision,
        switches: new Map([['a', whole]]),
        flags: new Map([['b', bare]]),
      });
    });

    test('keeps an expiry as it was set: who evaluates decides when it is over', async ({ store, writer }) => {
      const longAgo = { ...bare, expiresAt: 1 };
      await writer.set({ switch: 'agent' }, longAgo);
      assert.deepEqual((await store.read()).switches.get('agent'), longAgo);
    });

    test('keeps names of any shape apart, and texts as they were written', async ({ store, writer }) => {
      for (const [index, each] of names.entries()) {
        await writer.set({ switch: each }, { ...bare, why: `switch ${each}`, since: index });
        await writer.set({ flag: each }, { ...bare, why: `flag ${each}\r\n"'\\`, since: index });
      }
      const states = await store.read();
      assert.deepEqual([...states.switches.keys()].sort(), [...names].sort());
      assert.deepEqual([...states.flags.keys()].sort(), [...names].sort());
      for (const [index, each] of names.entries()) {
        assert.deepEqual(states.switches.get(each), { ...bare, why: `switch ${each}`, since: index });
        assert.deepEqual(states.flags.get(each), { ...bare, why: `flag ${each}\r\n"'\\`, since: index });
      }
    });

    test('reads states that no later change reaches into', async ({ store, writer }) => {
      await writer.set({ switch: 'a' }, bare);
      const before = await store.read();
      await writer.set({ switch: 'b' }, bare);
      await writer.clear({ switch: 'a' }, ann);
      assert.deepEqual([...before.switches], [['a', bare]]);
    });

    test('can be closed unread, twice and at once, and read again after that', async ({ store, writer }) => {
      await Promise.all([store.close(), store.close()]);
      await store.close();
      await writer.set({ switch: 'a' }, bare);
      assert.deepEqual([...(await store.read()).switches], [['a', bare]]);
    });

    if (without.writing === undefined) writingTests(test);
    if (without.sharing === undefined) sharingTests(test);
    switchWatchingTests(test, without);
  });
}

function writingTests(test: SwitchTest): void {
  test('resolves a change with its revision, which grows with each', async ({ store }) => {
    const given = [
      await store.set({ switch: 'a' }, bare),
      await store.set({ switch: 'a' }, bare),
      await store.set({ flag: 'a' }, whole),
      await store.clear({ switch: 'a' }, ann),
    ];
    assert.ok((given[0] ?? 0) > 0);
    assert.deepEqual(given, [...new Set(given)].sort(numerically));
    assert.equal((await store.read()).revision, given.at(-1));
  });

  test('takes back what was never set', async ({ store }) => {
    await store.clear({ switch: 'nobody' }, ann);
    const { switches, flags } = await store.read();
    assert.deepEqual([switches.size, flags.size], [0, 0]);
  });

  test('audits each change: what was set or taken back, by whom and why, newest first', async ({ store }) => {
    assert.deepEqual(await store.audit(10), []);
    const agent: SwitchTarget = { switch: 'agent' };
    const revisions = [
      await store.set(agent, whole),
      await store.set({ flag: '__proto__' }, bare),
      await store.clear(agent, ann),
    ];
    const entries = await store.audit(10);
    for (const { at } of entries) assert.ok(Number.isSafeInteger(at) && at > 0);
    const expected: Omit<SwitchAuditEntry, 'at'>[] = [
      { action: 'switch', ...ann, target: agent, state: null, revision: revisions[2] as number },
      {
        action: 'switch',
        ...authorOf(bare),
        target: { flag: '__proto__' },
        state: bare,
        revision: revisions[1] as number,
      },
      { action: 'switch', ...authorOf(whole), target: agent, state: whole, revision: revisions[0] as number },
    ];
    assert.deepEqual(
      entries.map(({ at: _, ...entry }) => entry),
      expected,
    );
  });

  test('audits as many as it is asked for', async ({ store }) => {
    for (const each of ['a', 'b', 'c', 'd']) await store.set({ switch: each }, bare);
    const targets = async (limit: number): Promise<unknown[]> =>
      (await store.audit(limit)).map((entry) => (entry.action === 'switch' ? entry.target.switch : entry.action));
    assert.deepEqual(await targets(2), ['d', 'c']);
    assert.deepEqual(await targets(100), ['d', 'c', 'b', 'a']);
  });
}

function sharingTests(test: SwitchTest): void {
  test('reads what another store set, and is audited with it', async ({ store, other, writer }) => {
    assert.ok(other !== undefined, 'stores that share a place need `other`');
    await other.set({ switch: 'theirs' }, bare);
    const revision = await writer.set({ switch: 'ours' }, whole);
    const both: SwitchStates = await store.read();
    assert.deepEqual(both.revision, revision);
    assert.deepEqual(new Map(both.switches), new Map(Object.entries({ theirs: bare, ours: whole })));
    assert.deepEqual((await other.read()).switches, both.switches);
    assert.equal((await other.audit(10)).length, 2);
  });

  test('keeps every one of many changes made at once', async ({ store, other, writer }) => {
    assert.ok(other !== undefined, 'stores that share a place need `other`');
    const changes = Array.from({ length: 20 }, (_, index) => {
      return (index % 2 === 0 ? writer : other).set({ switch: `switch ${index}` }, bare);
    });
    const revisions = await Promise.all(changes);
    assert.equal(new Set(revisions).size, 20);
    const states = await store.read();
    assert.equal(states.switches.size, 20);
    assert.equal(states.revision, Math.max(...revisions));
    const audited = (await other.audit(100)).map((entry) => (entry.action === 'switch' ? entry.revision : 0));
    assert.deepEqual(audited, [...revisions].sort(numerically).reverse());
  });
}

const numerically = (a: number, b: number): number => a - b;
const authorOf = ({ by, why }: Author): Author => ({ by, why });

const ann: Author = { by: 'ann', why: 'it is mended' };
const bare: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };
const whole: SwitchState = { ...bare, on: true, retryAfterSeconds: 0, expiresAt: 9_999_999_999_999, by: 'Ünal 😀' };

const names = [
  'a',
  'b',
  'a:b',
  'switch:a',
  'flag:a',
  'revision',
  '{a}',
  '}{',
  '*',
  '?',
  '%2F',
  'a/b',
  '../a',
  'a b',
  '"',
  '\\',
].concat(['é', '日本語', '😀', '__proto__', 'constructor', 'toString', '0', '1', 'null']);
