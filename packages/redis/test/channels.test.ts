import type { SwitchState } from '@sluice/core';
import { type RedisServer, startRedis } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSource, redisSwitches } from '../src/index.ts';
import { atRevision, saying, watched } from './changes-told.ts';
import { clients, type OpenClient, openIoredis } from './clients.ts';
import { until } from './until.ts';

const NEVER = 600_000;
const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };

let server: RedisServer;
const opened: OpenClient[] = [];

beforeAll(async () => {
  server = await startRedis({ persistent: true });
});

afterAll(async () => {
  for (const client of opened) await client.close();
  await server.stop();
});

async function open(made: Promise<OpenClient>): Promise<OpenClient> {
  const client = await made;
  opened.push(client);
  return client;
}

describe.each(Object.entries(clients))('channels over %s', (name, openClient) => {
  it('share one connection, which goes with the last that watches', async () => {
    const { client } = await open(openClient(server.url));
    const { ask } = await open(openIoredis(server.url));
    const subscribers = async (): Promise<string[]> =>
      String(await ask('CLIENT', 'LIST', 'TYPE', 'pubsub'))
        .split('\n')
        .filter((line) => line !== '');
    const stores = ['a', 'b'].flatMap((each) => {
      const prefix = `${name}-shared-${each}`;
      return [redisSwitches(client, { prefix }), redisSource(client, { prefix })];
    });
    for (const store of stores) store.watch?.(() => {});
    await until(async () => {
      const [line, ...more] = await subscribers();
      expect([line, more]).toEqual([expect.stringContaining(' sub=2 '), []]);
    });
    for (const store of stores.slice(0, 2)) await store.close();
    await until(async () => expect(await subscribers()).toEqual([expect.stringContaining(' sub=1 ')]));
    for (const store of stores.slice(2)) await store.close();
    await until(async () => expect(await subscribers()).toEqual([]));
  });

  it('are left also by who goes before the subscription is there', async () => {
    const { client } = await open(openClient(server.url));
    const { ask } = await open(openIoredis(server.url));
    const [stays, goes, comes] = ['stays', 'goes', 'comes'].map((each) => {
      const prefix = `${name}-${each}`;
      const subscribed = (count: number): Promise<void> =>
        until(async () =>
          expect(await ask('PUBSUB', 'NUMSUB', `{${prefix}}:changes`)).toEqual([expect.anything(), count]),
        );
      return { store: redisSwitches(client, { prefix }), subscribed };
    });
    stays?.store.watch(() => {});
    await stays?.subscribed(1);
    goes?.store.watch(() => {});
    await goes?.store.close();
    // Over the same connection, so after the other.
    comes?.store.watch(() => {});
    await comes?.subscribed(1);
    await goes?.subscribed(0);
    await Promise.all([stays?.store.close(), comes?.store.close()]);
  });

  it('leave no connection behind where they are closed while it is made', async () => {
    const { client } = await open(openClient(server.url));
    const { ask } = await open(openIoredis(server.url));
    const connections = async (): Promise<number> =>
      String(await ask('CLIENT', 'LIST'))
        .trim()
        .split('\n').length;
    const before = await connections();
    const store = redisSwitches(client, { prefix: `${name}-brief` });
    for (let time = 0; time < 40; time++) {
      store.watch(() => {});
      // At each stage of the making, one connection after the other.
      for (let turn = 0; turn < time; turn++) await new Promise(setImmediate);
      await store.close();
    }
    await until(async () => expect(await connections()).toBe(before));
  });

  it('end with the client that they were made from, and come back with it', async () => {
    const { client, close } = await openClient(server.url);
    const { ask } = await open(openIoredis(server.url));
    const store = redisSwitches(client, { prefix: `${name}-ended`, reconcileIntervalMs: 20 });
    const told = watched(store);
    const channel = `{${name}-ended}:changes`;
    const count = async (expected: number): Promise<void> => {
      await until(async () => expect(await ask('PUBSUB', 'NUMSUB', channel)).toEqual([channel, expected]));
    };
    await count(1);
    await close();
    await count(0);
    // Reconciles go on and open nothing.
    await told.that(({ error }) => error !== undefined);
    await count(0);
    await (client as unknown as { connect(): Promise<unknown> }).connect();
    await count(1);
    await store.close();
    await close();
  });

  it('subscribe again when Redis is back, and ask at once what was missed', async () => {
    const prefix = `${name}-restarted`;
    const { client } = await open(openClient(server.url));
    const writer = await open(openIoredis(server.url));
    const store = redisSwitches(client, { prefix, reconcileIntervalMs: NEVER });
    const other = redisSwitches(writer.client, { prefix });
    await store.read();
    const told = watched(store);
    await told.that(atRevision(await other.set({ switch: 'a' }, off)));
    await server.restart('SIGKILL');
    const missed = await other.set({ switch: 'b' }, off);
    await told.that(atRevision(missed));
    const channel = `{${prefix}}:changes`;
    await until(async () => expect(await writer.ask('PUBSUB', 'NUMSUB', channel)).toEqual([channel, 1]));
    await told.that(atRevision(await other.set({ switch: 'c' }, off)));
    await store.close();
  });

  it('connect anew after a change of which they heard nothing', async () => {
    const prefix = `${name}-deaf`;
    const { client } = await open(openClient(server.url));
    const { ask } = await open(openIoredis(server.url));
    const store = redisSwitches(client, { prefix, reconcileIntervalMs: 50 });
    await store.read();
    const told = watched(store);
    const id = async (): Promise<string | undefined> =>
      / ?id=(\d+) /.exec(String(await ask('CLIENT', 'LIST', 'TYPE', 'pubsub')))?.[1];
    await until(async () => expect(await id()).toBeDefined());
    const before = await id();
    await until(async () => expect(await ask('PUBSUB', 'NUMSUB', `{${prefix}}:changes`)).toContain(1));
    await ask('HSET', `{${prefix}}:switches`, 'revision', '8', 'switch:a', JSON.stringify(off));
    await told.that(atRevision(8));
    await until(async () => {
      const now = await id();
      expect(now).toBeDefined();
      expect(now).not.toBe(before);
    });
    await store.close();
  });

  it('say that the user may not subscribe, once, and follow by asking', async () => {
    await server.ask(`ACL SETUSER deaf-${name} on >secret ~* +@all resetchannels`);
    const { client } = await open(openClient(server.url, { username: `deaf-${name}`, password: 'secret' }));
    const prefix = `${name}-refused`;
    const store = redisSwitches(client, { prefix, reconcileIntervalMs: 20 });
    const told = watched(store);
    const { error } = await told.that(saying(/NOPERM/));
    expect(error?.message).toMatch(/SUBSCRIBE \{.*-refused\}:changes failed: .*channel.*Give the user .* the ACL line/);
    const { ask } = await open(openIoredis(server.url));
    await ask('HSET', `{${prefix}}:switches`, 'revision', '8');
    await told.that(atRevision(8));
    await ask('HSET', `{${prefix}}:switches`, 'revision', '9');
    await told.that(atRevision(9));
    expect(told.all.filter((each) => each.error !== undefined)).toHaveLength(1);
    await store.close();
  });
});
