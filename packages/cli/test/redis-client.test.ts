import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startRedis, startRedisCluster } from '@sluice-test/services';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseRedisAddress } from '../src/target/redis-address.ts';
import { lastingRedis } from '../src/target/redis-client.ts';
import { sluice } from './captured-terminal.ts';
import { commentedFile } from './commented.ts';

const why = ['--why', 'it answers nonsense'];

describe('a command on Redis', () => {
  it('finds its way in a cluster from whichever node is named', async () => {
    const cluster = await startRedisCluster();
    onTestFinished(() => cluster.stop());
    const [first = '', second = '', third = ''] = cluster.masters.map(({ host, port }) => `${host}:${port}`);
    const at = (nodes: string) => ['--target', `redis+cluster://${nodes}`];
    expect(await sluice(['publish', commentedFile(), ...why, ...at(first)])).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout } = await sluice(['kill', 'ai-agent', ...why, ...at(`${second},${first}`)]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`written to redis ${second},${first} after`);
    expect((await sluice(['switches', ...at(third)])).stdout).toMatch(/^ai-agent +switch +OFF/m);
  });

  it('speaks TLS to a server whose authority it was given, and refuses another', async () => {
    const redis = await startRedis({ tls: true });
    onTestFinished(() => redis.stop());
    const main = 'packages/cli/dist/esm/main.js';
    const commandLine = [main, 'kill', 'ai-agent', '--undeclared', ...why, '--target', redis.url];
    const trusting = { ...process.env, NODE_EXTRA_CA_CERTS: redis.caFile };
    const { stdout } = await promisify(execFile)(process.execPath, commandLine, { env: trusting });
    expect(stdout).toContain('switch ai-agent is OFF');
    const { exitCode, stderr } = await sluice(['switches', '--target', redis.url]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/cannot be used: .*certificate/);
  });
});

describe('a connection that lasts', () => {
  it('comes back by itself, says once what was wrong, and sends nothing later', async () => {
    const redis = await startRedis({ persistent: true });
    onTestFinished(() => redis.stop());
    const said: string[] = [];
    const client = await lastingRedis(parseRedisAddress(redis.url), (message) => said.push(message));
    onTestFinished(() => client.disconnect());
    expect(await client.call('SET', 'key', 'before')).toBe('OK');
    const next = (event: string) => new Promise((resolve) => client.once(event, resolve));
    const reconnecting = next('reconnecting');
    await redis.stop();
    await reconnecting;
    const refused = client.call('SET', 'key', 'while it was away').catch(() => 'refused at once');
    expect(await Promise.race([refused, next('connecting').then(() => 'kept for later')])).toBe('refused at once');
    // Several attempts fail in the same way before it is back.
    await next('reconnecting');
    await next('reconnecting');
    const back = next('ready');
    await redis.restart();
    await back;
    expect(await client.call('GET', 'key')).toBe('before');
    expect(said).toEqual([`redis 127.0.0.1:${redis.port}: connect ECONNREFUSED 127.0.0.1:${redis.port}`]);
  });

  it('is refused for a database that is not there, as commands would go to another', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const lasting = lastingRedis(parseRedisAddress(`${redis.url}/99`), () => {});
    await expect(lasting).rejects.toThrow(/cannot be used: .*DB index is out of range/);
  });
});
