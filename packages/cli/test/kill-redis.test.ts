import { redisSwitches } from '@sluice/redis';
import { type RedisServer, startRedis } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commentedFile } from './commented.ts';

let redis: RedisServer;
let prefixes = 0;

beforeAll(async () => {
  redis = await startRedis({ password: 's3cret' });
});
afterAll(() => redis.stop());

/** A place of its own on the Redis of this file. */
const place = () => ['--target', redis.url, '--prefix', `test-${++prefixes}`] as const;

/** A process that follows, as the provider would, from when the store knows of it. */
async function follow(prefix: string, follower: string) {
  const client = new Redis(redis.url);
  const store = redisSwitches(client, { prefix, follower });
  onTestFinished(async () => {
    await store.close();
    client.disconnect();
  });
  const seen: number[] = [];
  await store.read();
  store.watch(({ states }) => {
    if (states !== undefined) seen.push(states.revision);
  });
  while (!(await store.followers()).some(({ id }) => id === follower));
  return { store, seen };
}

const kill = (at: readonly string[], ...words: string[]) =>
  sluice(['kill', 'ai-agent', '--why', 'it answers nonsense', '--by', 'ann', ...at, ...words]);

describe('sluice kill on Redis', () => {
  it('says which process has acknowledged, in capitals that one has not, and which', async () => {
    const at = place();
    const { store, seen } = await follow(at[3], 'web-1');
    await store.acknowledge({ id: 'web-2\u001b[2K', revision: 0 });
    const { exitCode, stdout, stderr } = await kill(at, '--undeclared', '--wait', '1s');
    expect(exitCode).toBe(0);
    const [written, acknowledged, missing] = stdout.split('\n');
    expect(written).toMatch(
      new RegExp(
        `^switch ai-agent is OFF: written to redis 127\\.0\\.0\\.1:${redis.port} after \\d+ ms, revision \\d+$`,
      ),
    );
    expect(acknowledged).toMatch(/^1 of 2 processes acknowledged after \d+ ms$/);
    expect(missing).toMatch(/^ {2}not acknowledged: web-2\\u\{1b\}\[2K, at revision 0, seen .* ago$/);
    expect(stderr).toContain('WRITTEN, BUT 1 OF 2 PROCESSES DID NOT ACKNOWLEDGE WITHIN 1.0 s.');
    expect(seen.at(-1)).toBe(Number(written?.match(/revision (\d+)$/)?.[1]));
  });

  it('is quiet on stderr where all have acknowledged what a document declares', async () => {
    const at = place();
    await sluice(['publish', commentedFile(), '--why', 'first', ...at]);
    await follow(at[3], 'web-1');
    await follow(at[3], 'web-2');
    const { exitCode, stdout, stderr } = await kill(at, '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      target: { switch: 'ai-agent' },
      on: false,
      writtenMs: expect.any(Number),
      followedMs: expect.any(Number),
      followers: { acknowledged: 2, missing: [], gone: [] },
    });
  });

  it('ends by the clock of Redis, where that of the operator is behind', async () => {
    const at = place();
    const now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => now - 3_600_000);
    onTestFinished(() => void vi.restoreAllMocks());
    const { exitCode } = await kill(at, '--undeclared', '--for', '30m', '--wait', '0');
    vi.restoreAllMocks();
    expect(exitCode).toBe(0);
    const [overview] = JSON.parse((await sluice(['switches', '--json', ...at])).stdout);
    expect(overview).toMatchObject({ target: { switch: 'ai-agent' }, on: false });
    expect(overview.state.expiresAt).toBeGreaterThan(now + 1_790_000);
  });

  it('does not wait where it is told not to', async () => {
    const at = place();
    const { store } = await follow(at[3], 'web-1');
    await store.acknowledge({ id: 'web-2', revision: 0 });
    const { exitCode, stdout, stderr } = await kill(at, '--undeclared', '--wait', '0');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^switch ai-agent is OFF: .*\n$/);
    expect(stderr).not.toContain('ACKNOWLEDGE');
  });

  it('is taken back by restore, and both are in the audit trail, newest first', async () => {
    const at = place();
    await sluice(['publish', commentedFile(), '--why', 'first', '--by', 'ann', ...at]);
    await kill(at);
    const restored = await sluice(['restore', 'ai-agent', '--why', 'mended', '--by', 'bob\u001b[2J', ...at]);
    expect(restored).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('switch ai-agent is on') });
    const { stdout } = await sluice(['audit', '--limit', '3', ...at]);
    expect(stdout.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^\S+Z {2}switch ai-agent restored +bob\\u\{1b\}\[2J {2}mended$/),
      expect.stringMatching(/^\S+Z {2}switch ai-agent OFF +ann +it answers nonsense$/),
      expect.stringMatching(/ann +first$/),
      '',
    ]);
  });

  it('names the host and never the password where Redis cannot be used', async () => {
    const port = `127.0.0.1:${redis.port}`;
    const wrong = await kill(['--target', `redis://:wr0ng@${port}`]);
    expect(wrong).toMatchObject({ exitCode: 3, stdout: '' });
    expect(wrong.stderr).toMatch(new RegExp(`^redis ${port} cannot be used: WRONGPASS`));
    expect(wrong.stderr).not.toContain('wr0ng');
    const absent = await kill(['--target', 'redis://:s3cret@127.0.0.1:1']);
    expect(absent).toMatchObject({ exitCode: 3, stdout: '' });
    expect(absent.stderr).toBe('redis 127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1\n');
    const database = await kill(['--target', `redis://:s3cret@${port}/99`]);
    expect(database).toMatchObject({ exitCode: 3, stdout: '' });
    expect(database.stderr).toContain('DB index is out of range');
  });

  it('gives up on a Redis that does not answer', async () => {
    redis.pause();
    try {
      const { exitCode, stderr } = await kill(place());
      expect(exitCode).toBe(3);
      expect(stderr).toContain('no answer within 3 s');
    } finally {
      redis.resume();
    }
  });
});
