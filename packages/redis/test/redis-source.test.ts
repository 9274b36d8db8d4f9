import { editableSourceSuite, sourceSuite } from '@sluice/conformance';
import { anyRedis, type RedisCluster, startRedisCluster } from '@sluice-test/services';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisSource } from '../src/index.ts';
import { clients, clusterClients, type OpenClient, openIoredis } from './clients.ts';

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

const openings: readonly [string, () => Promise<OpenClient>][] = [
  ...Object.entries(clients).map(([name, each]) => [name, () => open(each(server.url))] as const),
  ...Object.entries(clusterClients).map(([name, each]) => [name, () => open(each(cluster))] as const),
].map(([name, each]) => [name, each]);

for (const [name, opening] of openings) {
  sourceSuite(
    { describe, it },
    {
      name: `redisSource over ${name}`,
      create: async () => {
        const { client, ask } = await opening();
        const prefix = newPlace();
        const source = redisSource(client, { prefix, reconcileIntervalMs: 100 });
        const key = `{${prefix}}:document`;
        return {
          source,
          async write(document) {
            const expected = (await source.readText())?.revision ?? null;
            await source.writeText({
              text: JSON.stringify(document),
              expected,
              by: 'ann',
              why: 'a test',
              summary: 'all',
            });
          },
          // As another program would, which tells nobody.
          async writeBad() {
            await ask('HSET', key, 'revision', String(Date.now() + 1), 'text', 'flags: 12');
          },
          async remove() {
            await ask('DEL', key);
          },
        };
      },
    },
  );

  editableSourceSuite(
    { describe, it },
    {
      name: `redisSource over ${name}`,
      create: async () => {
        const [ours, theirs] = [await opening(), await opening()];
        const prefix = newPlace();
        return { source: redisSource(ours.client, { prefix }), other: redisSource(theirs.client, { prefix }) };
      },
    },
  );
}

describe('redisSource', () => {
  const text = (index: number): string => `sluice: 1 # ${index}\n`;

  async function written(count: number) {
    const { client, ask } = await open(openIoredis(server.url));
    const prefix = newPlace();
    const source = redisSource(client, { prefix });
    const revisions: string[] = [];
    for (let index = 0; index < count; index++) {
      const change = { by: 'ann', why: `reason ${index}`, summary: `change ${index}` };
      const expected = revisions.at(-1) ?? null;
      revisions.push(await source.writeText({ text: text(index), expected, ...change }));
    }
    return { source, revisions, ask, prefix };
  }

  it('keeps the last fifty versions, newest first, each with who wrote it and why', async () => {
    const { source, revisions } = await written(52);
    const versions = await source.versions(100);
    expect(versions.map(({ revision }) => revision)).toEqual(revisions.slice(2).reverse());
    const { at, ...newest } = versions[0] ?? { at: 0 };
    expect(newest).toEqual({
      revision: revisions[51],
      text: text(51),
      by: 'ann',
      why: 'reason 51',
      summary: 'change 51',
    });
    expect(at).toBeGreaterThan(1_700_000_000_000);
    expect(await source.versions(2)).toEqual(versions.slice(0, 2));
    expect(await source.versions(0)).toEqual([]);
  });

  it('reads one version again, and none that never was', async () => {
    const { source, revisions } = await written(3);
    expect(await source.readVersion(revisions[1] ?? '')).toMatchObject({ text: text(1), revision: revisions[1] });
    for (const never of ['1', '', '+', '-', '9999999999999', `${revisions[1]}-0`]) {
      expect(await source.readVersion(never)).toBeUndefined();
    }
  });

  it('goes on with later revisions where the document was taken away by hand', async () => {
    const { source, revisions, ask, prefix } = await written(1);
    await ask('DEL', `{${prefix}}:document`);
    // As though the clock had been ahead when the last version was written.
    await ask('XADD', `{${prefix}}:document:versions`, '9000000000000000-0', 'text', 'sluice: 1');
    const again = await source.writeText({
      text: text(1),
      expected: null,
      by: 'ann',
      why: 'it is gone',
      summary: 'all',
    });
    expect(again).toBe('9000000000000001');
    expect(Number(again)).toBeGreaterThan(Number(revisions[0]));
  });
});
