import { startRedis } from '@sluice-test/services';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sluice } from './captured-terminal.ts';
import { commentedFile } from './commented.ts';
import { served } from './served.ts';

const why = ['--why', 'incident 42'];

/** Resolves with what an endpoint answers at last with this status; the server tells of its changes by a stream of its own. */
async function answered(url: string, status: number): Promise<Response> {
  for (;;) {
    const response = await fetch(url);
    if (response.status === status) return response;
    await response.arrayBuffer();
  }
}

describe('sluice serve --redis', () => {
  it('begins without a document, serves the one that is published, and is told of a kill', async () => {
    const redis = await startRedis({ password: 's3cret' });
    onTestFinished(() => redis.stop());
    const { url, stop, saying } = await served(['--redis', redis.url]);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await saying('document');
    const published = await sluice(['publish', commentedFile(), '--target', redis.url, ...why]);
    expect(published).toMatchObject({ exitCode: 0 });
    await answered(`${url}/readyz`, 200);
    while ((await sluice(['followers', '--target', redis.url])).stdout === '');
    const killed = await sluice(['kill', 'ai-agent', '--target', redis.url, ...why]);
    expect(killed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(killed.stdout).toMatch(/^1 of 1 process acknowledged after \d+ ms$/m);
    const restored = await sluice(['restore', 'ai-agent', '--target', url, ...why]);
    expect(restored).toMatchObject({ exitCode: 0, stderr: '' });
    expect(restored.stdout).toMatch(/^1 of 1 process acknowledged after \d+ ms$/m);
    const ended = await stop();
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).not.toContain('s3cret');
  });

  it('serves a file with the switches of Redis, and goes on without it', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const { url, stop, saying } = await served([commentedFile(), '--redis', redis.url]);
    await sluice(['kill', 'ai-agent', '--undeclared', '--target', redis.url, ...why]);
    const ask = async () => {
      const response = await fetch(`${url}/ofrep/v1/evaluate/flags/ai-agent`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ context: { targetingKey: 'user-1' } }),
      });
      return ((await response.json()) as { value: unknown }).value;
    };
    expect(await ask()).toBe(false);
    await redis.stop();
    expect(await ask()).toBe(false);
    await saying(`redis 127.0.0.1:${redis.port}: connect ECONNREFUSED`);
    expect(await stop()).toMatchObject({ exitCode: 0 });
  });
});
