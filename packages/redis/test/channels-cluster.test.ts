import { readFileSync } from 'node:fs';
import type { SwitchState } from '@sluice/core';
import { type RedisCluster, startRedisCluster } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSource, redisSwitches } from '../src/index.ts';
import { atRevision, watched } from './changes-told.ts';
import { clusterClients, type OpenClient, openIoredis } from './clients.ts';
import { until } from './until.ts';

const NEVER = 600_000;
const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };

let cluster: RedisCluster;
let admins: readonly OpenClient[];
const opened: OpenClient[] = [];

beforeAll(async () => {
  cluster = await startRedisCluster();
  admins = await Promise.all(cluster.urls.map((url) => openIoredis(url)));
});

afterAll(async () => {
  for (const client of [...admins, ...opened]) await client.close();
  await cluster.stop();
});

const onEach = (...command: [string, ...string[]]): Promise<unknown[]> =>
  Promise.all(admins.map(({ ask }) => ask(...command)));

async function subscribers(channel: string): Promise<number> {
  const counts = (await onEach('PUBSUB', 'NUMSUB', channel)) as [string, number][];
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

describe.each(Object.entries(clusterClients))('channels over %s', (name, openClient) => {
  async function open(username?: string): Promise<OpenClient> {
    const client = await openClient(cluster, username === undefined ? {} : { username, password: 'SECRET' });
    opened.push(client);
    return client;
  }

  it('subscribe again when their connection was lost, and go when they are closed', async () => {
    const prefix = `lost ${name}`;
    const channel = `{${prefix}}:changes`;
    const store = redisSwitches((await open()).client, { prefix, reconcileIntervalMs: NEVER });
    const other = redisSwitches((await open()).client, { prefix });
    await store.read();
    const told = watched(store);
    await until(async () => expect(await subscribers(channel)).toBe(1));
    const kills = (await onEach('CLIENT', 'KILL', 'TYPE', 'pubsub')) as number[];
    expect(kills.reduce((sum, each) => sum + each, 0)).toBe(1);
    await until(async () => expect(await subscribers(channel)).toBe(1));
    await told.that(atRevision(await other.set({ switch: 'a' }, off)));
    await store.close();
    await until(async () => expect(await subscribers(channel)).toBe(0));
  });

  it('need of an ACL user what the README lists, and on a cluster beside it', async () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, beside = ''] = /On a cluster each also needs [^`]*`([^`]+)`/.exec(readme) ?? [];
    expect(beside).toContain('+cluster|slots');
    for (const line of readme.split('\n').filter((each) => each.startsWith('user '))) {
      await onEach(
        'ACL',
        'SETUSER',
        ...(`${line.slice('user '.length)}`.match(/\([^)]*\)|\S+/g) as [string]),
        ...beside.split(' '),
      );
    }
    await onEach('ACL', 'LOG', 'RESET');
    const source = redisSource((await open('sluice-operator')).client);
    const expected = (await source.readText())?.revision ?? null;
    await source.writeText({ text: `sluice: 1 # ${name}`, expected, by: 'ann', why: 'a test', summary: 'all' });
    const store = redisSwitches((await open('sluice-process')).client);
    await store.read();
    const told = watched(store);
    await until(async () => expect(await subscribers('{sluice}:changes')).toBe(1));
    const operator = redisSwitches((await open('sluice-operator')).client);
    const revision = await operator.set({ switch: 'agent' }, off);
    await told.that(atRevision(revision));
    await until(async () => expect(await operator.followers()).toMatchObject([{ revision }]));
    await store.close();
    const log = ((await onEach('ACL', 'LOG')) as unknown[][][])
      .flat()
      .map((entry) => entry[entry.indexOf('object') + 1]);
    expect(log.filter((object) => !String(object).startsWith('client|'))).toEqual([]);
  });
});
