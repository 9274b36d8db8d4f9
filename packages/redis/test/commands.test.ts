import { readFileSync } from 'node:fs';
import type { SwitchState } from '@sluice/core';
import { type RedisServer, startRedis } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisAssignments, redisSource, redisSwitches } from '../src/index.ts';
import { askTime, changeSwitch } from '../src/scripts.ts';
import { atRevision, watched } from './changes-told.ts';
import { clients, type OpenClient, openIoredis } from './clients.ts';
import { until } from './until.ts';

const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };
const edit = { text: 'sluice: 1\n', expected: null, by: 'ann', why: 'a new model', summary: 'all' };

/** The lines that the README tells to use. */
const users = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('user '));

let server: RedisServer;
let admin: OpenClient;
const opened: OpenClient[] = [];

beforeAll(async () => {
  server = await startRedis({ users: ['user default on nopass ~* &* +@all', ...users] });
  admin = await openIoredis(server.url);
});

afterAll(async () => {
  for (const client of [admin, ...opened]) await client.close();
  await server.stop();
});

describe.each(Object.entries(clients))('commands over %s', (name, openClient) => {
  async function as(username?: string): Promise<OpenClient> {
    const client = await openClient(server.url, username === undefined ? {} : { username, password: 'SECRET' });
    opened.push(client);
    return client;
  }

  /** What Redis refused, by command and user, since it was asked last. */
  async function refused(): Promise<string[]> {
    const log = (await admin.ask('ACL', 'LOG')) as unknown[][];
    await admin.ask('ACL', 'LOG', 'RESET');
    return log.map((entry) => `${entry[entry.indexOf('username') + 1]}: ${entry[entry.indexOf('object') + 1]}`);
  }

  it('of a user who may only read and subscribe evaluate and follow', async () => {
    await admin.ask('FLUSHALL');
    await refused();
    const operator = redisSwitches((await as('sluice-operator')).client);
    const { client } = await as('sluice-reader');
    const [store, source] = [redisSwitches(client, { reconcileIntervalMs: 50 }), redisSource(client)];
    await redisSource((await as('sluice-operator')).client).writeText(edit);
    expect((await source.read()).document).toEqual({ sluice: 1 });
    await store.read();
    const told = watched(store);
    await told.that(atRevision(await operator.set({ switch: 'agent' }, off)));
    await admin.ask('HSET', '{sluice}:switches', 'revision', '9000000000000000');
    await told.that(atRevision(9_000_000_000_000_000));
    expect(told.all.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(await operator.followers()).toEqual([]);
    await Promise.all([store.close(), source.close()]);
    // It tries once to be counted.
    expect((await refused()).filter((each) => !/client\|/.test(each))).toEqual(['sluice-reader: eval']);
  });

  it('of a user who may be counted are counted, and keep assignments', async () => {
    await admin.ask('FLUSHALL');
    await refused();
    const { client } = await as('sluice-process');
    const store = redisSwitches(client, { follower: 'us' });
    await store.read();
    watched(store);
    const operator = redisSwitches((await as('sluice-operator')).client);
    const revision = await operator.set({ switch: 'agent' }, off);
    await until(async () => expect(await operator.followers()).toMatchObject([{ id: 'us', revision }]));
    const assignments = redisAssignments(client);
    await assignments.set('model', 'ada', { variant: 'claude', at: 1 });
    expect(await assignments.get('model', 'ada')).toEqual({ variant: 'claude', at: 1 });
    await assignments.delete('model', 'ada');
    await store.close();
    expect(await operator.followers()).toEqual([]);
    expect((await refused()).filter((each) => !/client\|/.test(each))).toEqual([]);
  });

  it('of an operator switch, write documents, and read what was changed', async () => {
    await admin.ask('FLUSHALL');
    await refused();
    const { client } = await as('sluice-operator');
    const [store, source] = [redisSwitches(client), redisSource(client)];
    await store.set({ switch: 'agent' }, off);
    await store.clear({ switch: 'agent' }, off);
    await source.writeText(edit);
    expect([await store.audit(9), await source.audit(9), await source.versions(9)].map(({ length }) => length)).toEqual(
      [2, 1, 1],
    );
    expect((await refused()).filter((each) => !/client\|/.test(each))).toEqual([]);
  });

  it('that a user may not send are refused with what is missing, and nothing is written', async () => {
    await admin.ask('FLUSHALL');
    const { client } = await as('sluice-process');
    const store = redisSwitches(client);
    await expect(store.set({ switch: 'agent' }, off)).rejects.toThrow(
      /^redis sluice: EVAL failed: NOPERM .*Give the user of this connection the ACL line that the README/,
    );
    // One that may do all but tell others of it.
    await admin.ask('ACL', 'SETUSER', `mute-${name}`, 'on', '>SECRET', '~*', '+@all', 'resetchannels');
    const mute = await as(`mute-${name}`);
    await expect(redisSwitches(mute.client).set({ switch: 'agent' }, off)).rejects.toThrow(
      'NOPERM this user may not PUBLISH {sluice}:changes',
    );
    await expect(redisSource(mute.client).writeText(edit)).rejects.toThrow('may not PUBLISH {sluice}:changes');
    await admin.ask('ACL', 'SETUSER', `mute-${name}`, 'allchannels', '-xadd');
    await expect(redisSwitches(mute.client).set({ switch: 'agent' }, off)).rejects.toThrow(
      'NOPERM this user may not XADD {sluice}:audit',
    );
    expect(await admin.ask('DBSIZE')).toBe(0);
  });

  it('that need memory are refused whole where there is none, but for switches; and reads go on', async () => {
    await admin.ask('FLUSHALL');
    const { client } = await as();
    const [store, source] = [redisSwitches(client), redisSource(client)];
    await store.set({ switch: 'agent' }, off);
    const revision = await source.writeText(edit);
    await admin.ask('CONFIG', 'SET', 'maxmemory', '1mb');
    try {
      const refusal = /OOM .*Nothing was written; give Redis more memory/s;
      await store.set({ switch: 'other' }, off);
      await store.clear({ switch: 'agent' }, off);
      await store.acknowledge({ id: 'web-1', revision: 1 });
      await expect(source.writeText({ ...edit, expected: revision, text: 'sluice: 1 # b\n' })).rejects.toThrow(refusal);
      expect([...(await store.read()).switches.keys()]).toEqual(['other']);
      expect((await store.followers()).map(({ id }) => id)).toEqual(['web-1']);
      expect(await source.readText()).toEqual({ text: edit.text, revision });
    } finally {
      await admin.ask('CONFIG', 'SET', 'maxmemory', '0');
    }
    expect([(await store.audit(9)).length, (await source.audit(9)).length]).toEqual([3, 1]);
  });

  it('end where Redis does not answer', async () => {
    const { client } = await as();
    const store = redisSwitches(client, { timeoutMs: 100 });
    await store.read();
    server.pause();
    try {
      await expect(store.read()).rejects.toThrow('redis sluice did not answer HGETALL within 100 ms');
      await expect(redisAssignments(client, { timeoutMs: 100 }).get('model', 'ada')).rejects.toThrow('within 100 ms');
    } finally {
      server.resume();
    }
    await until(() => store.read());
  });

  it('that change something are not made once they were given up', async () => {
    await admin.ask('FLUSHALL');
    const { client } = await as();
    const [store, source] = [redisSwitches(client, { timeoutMs: 100 }), redisSource(client, { timeoutMs: 100 })];
    const revision = await store.set({ switch: 'agent' }, off);
    server.pause();
    try {
      const given = [store.clear({ switch: 'agent' }, off), store.set({ flag: 'model' }, off), source.writeText(edit)];
      for (const each of await Promise.allSettled(given)) expect(each.status).toBe('rejected');
    } finally {
      server.resume();
    }
    const states = await until(() => store.read());
    expect(states).toEqual({ revision, switches: new Map([['agent', off]]), flags: new Map() });
    expect(await source.readText()).toBeUndefined();
    expect(await store.audit(9)).toHaveLength(1);
  });

  it('that change something are refused after their deadline by the clock of Redis', async () => {
    await admin.ask('FLUSHALL');
    const { ask } = await as();
    const keys = ['{sluice}:switches', '{sluice}:audit'];
    const change = ['{sluice}:changes', 'switch:agent', JSON.stringify(off), '"by":"bob"', '"state":null'];
    const at = Number(await ask('EVAL', askTime, '1', '{sluice}:switches'));
    const made = (deadline: number) => ask('EVAL', changeSwitch, '2', ...keys, ...change, String(deadline));
    await expect(made(at - 1)).rejects.toThrow(/^LATE .*nothing was written/);
    expect(await admin.ask('DBSIZE')).toBe(0);
    await made(at + 60_000);
    expect(await admin.ask('DBSIZE')).toBe(2);
  });

  it('say that there is no connection where the client keeps none for later', async () => {
    const gone = await startRedis();
    const ioredis = new Redis(gone.url, { enableOfflineQueue: false, lazyConnect: true });
    const nodeRedis = createClient({ url: gone.url, disableOfflineQueue: true });
    const client = name === 'ioredis' ? ioredis : nodeRedis;
    client.on('error', () => {});
    await client.connect();
    await gone.stop();
    await until(() =>
      expect(redisSwitches(client).read()).rejects.toThrow(/There is no connection to Redis at the moment$/),
    );
    if (name === 'ioredis') ioredis.disconnect();
    else nodeRedis.destroy();
  });

  it('say that the client was closed', async () => {
    const client = await openClient(server.url);
    await redisSwitches(client.client).read();
    await client.close();
    await expect(redisSwitches(client.client).read()).rejects.toThrow(/^redis sluice: HGETALL failed: .*closed/i);
  });
});
