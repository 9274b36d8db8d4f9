import type { SwitchState } from '@sluice/core';
import { anyRedis } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSwitches } from '../src/index.ts';
import { type OpenClient, openIoredis, openNodeRedis } from './clients.ts';
import { until } from './until.ts';

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

async function place() {
  const [ours, theirs] = await Promise.all([openIoredis(server.url), openNodeRedis(server.url)]);
  opened.push(ours, theirs);
  const prefix = `followers-${process.pid}-${Date.now()}-${places++}`;
  const operator = redisSwitches(theirs.client, { prefix });
  const follow = async (follower: string, reconcileIntervalMs = 2000) => {
    const store = redisSwitches(ours.client, { prefix, follower, reconcileIntervalMs });
    await store.read();
    store.watch(() => {});
    return store;
  };
  return { ...ours, operator, follow, key: `{${prefix}}:followers` };
}

describe('followers', () => {
  it('are those who watch, each with the revision that it has reached', async () => {
    const { operator, follow } = await place();
    expect(await operator.followers()).toEqual([]);
    const stores = [await follow('a'), await follow('b')];
    await until(async () => expect(await operator.followers()).toHaveLength(2));
    const revision = await operator.set({ switch: 'agent' }, off);
    await until(async () => {
      const reached = [...(await operator.followers())].sort((one, other) => (one.id < other.id ? -1 : 1));
      expect(reached).toEqual([
        { id: 'a', revision, at: expect.any(Number) },
        { id: 'b', revision, at: expect.any(Number) },
      ]);
    });
    for (const store of stores) await store.close();
  });

  it('are not those who have closed, or were not heard of for three intervals', async () => {
    const { operator, follow, close } = await place();
    const [leaving] = [await follow('leaving'), await follow('dying', 50)];
    await until(async () => expect(await operator.followers()).toHaveLength(2));
    await leaving.close();
    expect((await operator.followers()).map(({ id }) => id)).toEqual(['dying']);
    await close();
    await until(async () => expect(await operator.followers()).toEqual([]));
  });

  it('are swept out by the next who follows', async () => {
    const { operator, follow, ask, key } = await place();
    await ask(
      'HSET',
      key,
      'long ago',
      '7 1000 2000',
      'another program',
      'nonsense',
      '__proto__',
      '7 1000 9999999999999',
    );
    expect(await operator.followers()).toEqual([{ id: '__proto__', revision: 7, at: 1000 }]);
    const store = await follow('us');
    await until(async () => expect(((await ask('HKEYS', key)) as string[]).sort()).toEqual(['__proto__', 'us']));
    await store.close();
  });

  it('are also processes for which another speaks', async () => {
    const { operator } = await place();
    await operator.acknowledge({ id: 'behind a server', revision: 12 });
    const [follower] = await operator.followers();
    expect(follower).toEqual({ id: 'behind a server', revision: 12, at: expect.any(Number) });
    expect(follower?.at).toBeGreaterThan(1_700_000_000_000);
  });

  it('each have a name of their own, also in one process', async () => {
    const { operator, follow } = await place();
    const stores = [await follow(undefined as never), await follow(undefined as never)];
    await until(async () => expect(await operator.followers()).toHaveLength(2));
    for (const { id } of await operator.followers()) expect(id).toMatch(new RegExp(`^.+:${process.pid}:[0-9a-f]{4}$`));
    for (const store of stores) await store.close();
  });
});
