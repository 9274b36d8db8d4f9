import { memorySource } from '@sluice/openfeature-provider';
import { redisSource, redisSwitches } from '@sluice/redis';
import { anyRedis } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { awaitFollowers } from '../src/operations/await-followers.ts';
import { placeOperations } from '../src/operations/place-operations.ts';
import { operationsSuite } from './operations-suite.ts';

const author = { by: 'ann', why: 'incident 42' };
let redis: Awaited<ReturnType<typeof anyRedis>>;
let places = 0;

beforeAll(async () => {
  redis = await anyRedis();
});
afterAll(() => redis.stop());

function client(): Redis {
  const opened = new Redis(redis.url);
  onTestFinished(() => opened.disconnect());
  return opened;
}

operationsSuite('redis', 'store', async (text) => {
  const [connection, options] = [client(), { prefix: `operations-${process.pid}-${places++}` }];
  const whole = redisSource(connection, options);
  await whole.writeText({ ...author, text, expected: null, summary: 'first' });
  // The suite counts what it changes itself.
  const audit = async (limit: number) =>
    (await whole.audit(limit + 1)).filter((entry) => entry.action === 'switch' || entry.from !== null);
  const source = { ...whole, audit: async (limit: number) => (await audit(limit)).slice(0, limit) };
  const switches = redisSwitches(connection, options);
  const operations = placeOperations({ source, switches });
  onTestFinished(() => operations.close());
  return { operations, source, switches };
});

describe('operations on redis', () => {
  it('reach every process that follows, and know when they have', async () => {
    const options = { prefix: `operations-${process.pid}-${places++}` };
    const followers = ['web-1', 'web-2'].map((follower) => redisSwitches(client(), { ...options, follower }));
    onTestFinished(async () => {
      await Promise.all(followers.map((each) => each.close()));
    });
    for (const each of followers) {
      await each.read();
      each.watch(() => undefined);
    }
    const switches = redisSwitches(client(), options);
    const operations = placeOperations({ source: memorySource({ sluice: 1, switches: { agent: {} } }), switches });
    const { revision = 0 } = await operations.kill('agent', author);
    const patient = { timeoutMs: 20_000 };
    await expect.poll(async () => (await operations.followers())?.length, { timeout: 10_000 }).toBe(2);
    expect(await awaitFollowers(operations, revision, patient)).toEqual({ acknowledged: 2, missing: [], gone: [] });
  });

  it('take no news from a process that follows the same store', async () => {
    const options = { prefix: `operations-${process.pid}-${places++}`, reconcileIntervalMs: 50 };
    const [raw, switches] = [client(), redisSwitches(client(), options)];
    onTestFinished(() => switches.close());
    const operations = placeOperations({ source: memorySource({ sluice: 1 }), switches });
    const { revision } = await switches.read();
    const told = new Promise<boolean>((resolve) => {
      switches.watch(({ states }) => {
        const state = states?.switches.get('agent');
        if (state !== undefined) resolve(state.on);
      });
    });
    // A change of which no message comes, found first by whoever asks for an overview.
    const state = JSON.stringify({ on: false, since: 1, ...author });
    await raw.hset(`{${options.prefix}}:switches`, { revision: revision + 1, 'switch:agent': state });
    expect(await operations.switches()).toMatchObject([{ target: { switch: 'agent' }, on: false }]);
    expect(await told).toBe(false);
  });
});
