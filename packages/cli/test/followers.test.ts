import { redisSwitches } from '@sluice/redis';
import { startRedis } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commentedFile } from './commented.ts';

describe('sluice followers', () => {
  it('lists the processes that follow a Redis, and how far each has come', async () => {
    const redis = await startRedis();
    const client = new Redis(redis.url);
    const store = redisSwitches(client, { prefix: 'shop' });
    try {
      const ask = (...words: string[]) => sluice(['followers', '--target', redis.url, '--prefix', 'shop', ...words]);
      expect(await ask()).toEqual({ exitCode: 0, stdout: '', stderr: 'No process follows.\n' });
      await store.acknowledge({ id: 'web-1', revision: 12 });
      const { exitCode, stdout } = await ask();
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^process {2}revision {2}seen\nweb-1 {10}12 {2}.+ ago\n$/);
      expect(JSON.parse((await ask('--json')).stdout)).toMatchObject([{ id: 'web-1', revision: 12 }]);
    } finally {
      await store.close();
      client.disconnect();
      await redis.stop();
    }
  });

  it('says that a file is not told who reads it', async () => {
    const file = commentedFile();
    const { exitCode, stderr } = await sluice(['followers', '--target', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is not told who follows it');
  });
});
