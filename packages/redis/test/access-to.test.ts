import { readFileSync } from 'node:fs';
import type { SwitchState } from '@sluice/core';
import { type RedisServer, startRedis } from '@sluice-test/services';
import { Cluster } from 'ioredis';
import { createClientPool, createSentinel } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisClient, redisSwitches } from '../src/index.ts';
import { atRevision, watched } from './changes-told.ts';
import { clients } from './clients.ts';

const off: SwitchState = { on: false, since: 1_763_800_000_000, by: 'bob', why: 'prices are wrong' };

let server: RedisServer;

beforeAll(async () => {
  server = await startRedis({ tls: true, password: 'with:a@strange/password' });
});

afterAll(() => server.stop());

describe('a client given to Sluice', () => {
  it.each(Object.entries(clients))('may speak TLS and have a password, by %s', async (_, openClient) => {
    const ca = readFileSync(server.caFile ?? '', 'utf8');
    expect(server.url).toMatch(/^rediss:/);
    const { client, close } = await openClient(server.url, { ca });
    const store = redisSwitches(client);
    await store.read();
    const told = watched(store);
    await told.that(atRevision(await store.set({ switch: 'agent' }, off)));
    await store.close();
    await close();
  });

  it('has to be one that takes commands and subscribes as a client does', () => {
    const refusal = 'has to be a client or a cluster of ioredis, or of redis';
    expect(() => redisSwitches(createClientPool() as unknown as RedisClient)).toThrow(refusal);
    const sentinel = createSentinel({ name: 'main', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] });
    expect(() => redisSwitches(sentinel as unknown as RedisClient)).toThrow(refusal);
    expect(() => redisSwitches({} as RedisClient)).toThrow(refusal);
  });

  it('has to read from masters, whose answers are never older than those before', () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port: 1 }], { lazyConnect: true, scaleReads: 'all' });
    expect(() => redisSwitches(cluster)).toThrow("cluster.duplicate([], { scaleReads: 'master' })");
    expect(redisSwitches(cluster.duplicate([], { scaleReads: 'master' })).name).toBe('redis sluice');
  });
});
