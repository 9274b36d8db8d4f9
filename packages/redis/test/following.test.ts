import type { SwitchState } from '@sluice/core';
import { anyRedis } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisSwitchesOptions, redisSwitches } from '../src/index.ts';
import { atRevision, saying, watched } from './changes-told.ts';
import { clients, type OpenClient, openIoredis } from './clients.ts';
import { until } from './until.ts';

/** No reconcile comes by itself during a test. */
const NEVER = 600_000;

const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };

let server: Awaited<ReturnType<typeof anyRedis>>;
const opened: OpenClient[] = [];
let places = 0;

beforeAll(async () => {
  server = await anyRedis();
});

afterAll(async () => {
  for (const client of opened) await client.close();
  await server.stop();
});

/** A store that follows, and one that writes over a connection of its own. */
async function place(open: (url: string) => Promise<OpenClient>, options: RedisSwitchesOptions = {}) {
  const [ours, theirs] = await Promise.all([open(server.url), openIoredis(server.url)]);
  opened.push(ours, theirs);
  const prefix = `following-${process.pid}-${Date.now()}-${places++}`;
  const { ask } = theirs;
  const key = `{${prefix}}:switches`;
  return {
    client: ours.client,
    store: redisSwitches(ours.client, { prefix, reconcileIntervalMs: NEVER, ...options }),
    other: redisSwitches(theirs.client, { prefix }),
    ask,
    key,
    channel: `{${prefix}}:changes`,
    subscribed: () =>
      until(async () => expect(await ask('PUBSUB', 'NUMSUB', `{${prefix}}:changes`)).toEqual([expect.anything(), 1])),
    calls: async (command: string): Promise<number> => {
      const stats = String(await ask('INFO', 'commandstats'));
      return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    },
  };
}

describe.each(Object.entries(clients))('following over %s', (_, open) => {
  it('applies a message that follows what is known without asking Redis', async () => {
    const { store, other, ask, calls } = await place(open);
    await store.read();
    const asked = await calls('hget');
    const told = watched(store);
    // Once as it begins, and once when it is subscribed; from then on it has what Redis has.
    await until(async () => expect(await calls('hget')).toBe(asked + 2));
    await ask('CONFIG', 'RESETSTAT');
    for (const name of ['a', 'b', 'c']) await told.that(atRevision(await other.set({ switch: name }, off)));
    expect(told.all.map(({ states }) => states?.switches.size)).toEqual([1, 2, 3]);
    // The writer's script asks once for each of the three.
    expect([await calls('hgetall'), await calls('hget')]).toEqual([0, 3]);
    await store.close();
  });

  it('reads where a message tells of a change to something else than what is known', async () => {
    const { store, other, ask, key, subscribed } = await place(open);
    const first = await other.set({ switch: 'a' }, off);
    await store.read();
    const told = watched(store);
    await subscribed();
    // A change of which the message is lost, and then one of which it is not.
    await ask('HSET', key, 'revision', String(first + 1), 'switch:lost', JSON.stringify(off));
    const change = await told.that(atRevision(await other.set({ switch: 'b' }, off)));
    expect([...(change.states?.switches.keys() ?? [])].sort()).toEqual(['a', 'b', 'lost']);
    await store.close();
  });

  it('finds a change whose message was lost within an interval', async () => {
    const { store, other, ask, key } = await place(open, { reconcileIntervalMs: 50 });
    const first = await other.set({ switch: 'a' }, off);
    await store.read();
    const told = watched(store);
    // It asks as it begins and when it is subscribed, which may find two of them; the third is found by the interval.
    for (const revision of [first + 1, first + 2, first + 3]) {
      await ask('HSET', key, 'revision', String(revision), `switch:${revision}`, JSON.stringify(off));
      const change = await told.that(atRevision(revision));
      expect(change.states?.switches.get(`${revision}`)).toEqual(off);
    }
    await store.close();
  });

  it('goes on where something else than a change is told on the channel', async () => {
    const { store, other, ask, channel, subscribed } = await place(open);
    await store.read();
    const told = watched(store);
    await subscribed();
    const change = { kind: 'switches', revision: 9e14, previous: 0, target: { switch: 'a' }, state: off };
    const changes = [{ revision: '9' }, { revision: 1.5 }, { previous: null }, { target: {} }, { state: { on: 1 } }];
    const nonsense = changes.map((each) => JSON.stringify({ ...change, ...each }));
    for (const each of ['', 'nonsense', 'null', ...nonsense]) await ask('PUBLISH', channel, each);
    const revision = await other.set({ switch: 'a' }, off);
    await told.that(atRevision(revision));
    expect(told.all.map(({ states }) => states?.revision)).toEqual([revision]);
    await store.close();
  });

  it('says that the revision went back, keeps what was known, and is cured by the next change', async () => {
    const { store, other, ask, key } = await place(open, { reconcileIntervalMs: 50 });
    const known = await other.set({ switch: 'a' }, off);
    await store.read();
    const told = watched(store);
    // As a replica does that is promoted without the last changes.
    await ask('HSET', key, 'revision', '7');
    const { error, asOf } = await told.that(saying(/went back from revision \d+ to 7: it has lost changes/));
    expect(error?.message).toContain('write it again');
    expect(asOf).toBeGreaterThan(1_700_000_000_000);
    await expect(store.read()).rejects.toThrow('went back');
    const next = await other.set({ switch: 'b' }, off);
    expect(next).toBeGreaterThan(known);
    const { states } = await told.that(atRevision(next));
    expect([...(states?.switches.keys() ?? [])].sort()).toEqual(['a', 'b']);
    expect(told.all.filter((each) => each.states !== undefined)).toHaveLength(1);
    await store.close();
  });
});

describe('following', () => {
  it('asks again where a message has overtaken the answer', async () => {
    const { store, other, subscribed, client } = await place(openIoredis);
    const first = await other.set({ switch: 'a' }, off);
    await store.read();
    const told = watched(store);
    await subscribed();
    const held = holdNextReply(client as { call(...command: string[]): Promise<unknown> }, 'HGETALL');
    const reading = store.read();
    await held.answered;
    const second = await other.set({ switch: 'b' }, off);
    await told.that(atRevision(second));
    held.release();
    expect((await reading).revision).toBe(second);
    expect(first).toBeLessThan(second);
    expect(told.all.map(({ states }) => states?.revision)).toEqual([second]);
    await store.close();
  });
});

/** Redis answers at once, and the next answer to `command` is handed on only when it is released. */
function holdNextReply(client: { call(...command: string[]): Promise<unknown> }, command: string) {
  let release = (): void => {};
  let answer = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const call = client.call.bind(client);
  client.call = async (...parameters) => {
    const reply = await call(...parameters);
    if (parameters[0] !== command) return reply;
    client.call = call;
    answer();
    await released;
    return reply;
  };
  return { answered, release };
}
