import { switchSuite } from '@sluice/conformance';
import { type RedisCluster, type RedisServer, startRedis, startRedisCluster } from '@sluice-test/services';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { redisSwitches } from '../src/index.ts';
import { clients, clusterClients, type OpenClient } from './clients.ts';

let server: RedisServer;
let cluster: RedisCluster;
const opened: OpenClient[] = [];
let places = 0;

beforeAll(async () => {
  [server, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
});

afterAll(async () => {
  for (const client of opened) await client.close();
  await Promise.all([server.stop(), cluster.stop()]);
});

/** Two stores over two clients, as two processes have them, and a Redis that can be stopped for both. */
async function stores(open: () => Promise<OpenClient>, servers: () => readonly RedisServer[]) {
  const [ours, theirs] = await Promise.all([open(), open()]);
  opened.push(ours, theirs);
  const options = { prefix: `place-${places++}`, reconcileIntervalMs: 200 };
  return {
    store: redisSwitches(ours.client, options),
    other: redisSwitches(theirs.client, options),
    interrupt: async () => {
      for (const each of servers()) each.pause();
    },
    resume: async () => {
      for (const each of servers()) each.resume();
    },
  };
}

for (const [name, open] of Object.entries(clients)) {
  switchSuite(
    { describe, it },
    {
      name: `redisSwitches over ${name}`,
      create: () =>
        stores(
          () => open(server.url),
          () => [server],
        ),
    },
  );
}

for (const [name, open] of Object.entries(clusterClients)) {
  switchSuite(
    { describe, it },
    {
      name: `redisSwitches over ${name}`,
      create: () =>
        stores(
          () => open(cluster),
          () => cluster.masters,
        ),
    },
  );
}
