import { assignmentSuite } from '@sluice/conformance';
import { anyRedis, type RedisCluster, startRedisCluster } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisAssignments } from '../src/index.ts';
import { clients, clusterClients, type OpenClient, openIoredis, openNodeRedis } from './clients.ts';

let server: Awaited<ReturnType<typeof anyRedis>>;
let cluster: RedisCluster;
const opened: OpenClient[] = [];
let places = 0;

beforeAll(async () => {
  [server, cluster] = await Promise.all([anyRedis(), startRedisCluster()]);
});

afterAll(async () => {
  for (const client of opened) await client.close();
  await Promise.all([server.stop(), cluster.stop()]);
});

const newPlace = (): string => `place-${process.pid}-${Date.now()}-${places++}`;

async function open(made: Promise<OpenClient>): Promise<OpenClient> {
  const client = await made;
  opened.push(client);
  return client;
}

for (const [name, each] of Object.entries(clients)) {
  const create = async () => redisAssignments((await open(each(server.url))).client, { prefix: newPlace() });
  assignmentSuite({ describe, it }, { name: `redisAssignments over ${name}`, create });
}

for (const [name, each] of Object.entries(clusterClients)) {
  const create = async () => redisAssignments((await open(each(cluster))).client, { prefix: newPlace() });
  assignmentSuite({ describe, it }, { name: `redisAssignments over ${name}`, create });
}

describe('redisAssignments', () => {
  it('are those of every process, whichever client it has', async () => {
    const prefix = newPlace();
    const ours = redisAssignments((await open(openIoredis(server.url))).client, { prefix });
    const theirs = redisAssignments((await open(openNodeRedis(server.url))).client, { prefix });
    await ours.set('model', 'ada', { variant: 'claude', at: 1 });
    expect(await theirs.get('model', 'ada')).toEqual({ variant: 'claude', at: 1 });
  });

  it('go when they expire, so that Redis does not fill up', async () => {
    const { client, ask } = await open(openIoredis(server.url));
    const prefix = newPlace();
    const store = redisAssignments(client, { prefix });
    await store.set('model', 'past', { variant: 'claude', at: 1, expiresAt: 2 });
    await store.set('model', 'future', { variant: 'claude', at: 1, expiresAt: 9_999_999_999_999 });
    expect(await store.get('model', 'past')).toBeUndefined();
    expect(await ask('PEXPIRETIME', `${prefix}:assigned:model:future`)).toBe(9_999_999_999_999);
  });

  it('reject what another program wrote in their place', async () => {
    const { client, ask } = await open(openIoredis(server.url));
    const prefix = newPlace();
    const store = redisAssignments(client, { prefix });
    for (const text of ['claude', 'null', '{"variant":1,"at":1}', '{"variant":"a"}']) {
      await ask('SET', `${prefix}:assigned:model:ada`, text);
      await expect(store.get('model', 'ada')).rejects.toThrow(`${prefix}:assigned:model:ada holds no assignment`);
    }
  });

  it('spread over the nodes of a cluster', async () => {
    const each = clusterClients['ioredis Cluster'];
    const store = redisAssignments((await open((each as NonNullable<typeof each>)(cluster))).client, {
      prefix: newPlace(),
    });
    const before = await Promise.all(cluster.masters.map((master) => master.ask('DBSIZE')));
    for (let unit = 0; unit < 60; unit++) await store.set('model', `unit ${unit}`, { variant: 'a', at: 1 });
    const after = await Promise.all(cluster.masters.map((master) => master.ask('DBSIZE')));
    const added = after.map((size, index) => Number(size) - Number(before[index]));
    expect(added.reduce((sum, each) => sum + each, 0)).toBe(60);
    expect(Math.min(...added)).toBeGreaterThan(0);
  });
});
