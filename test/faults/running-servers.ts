import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { httpSource, httpSwitches } from '@sluice/openfeature-provider';
import { redisSource, redisSwitches } from '@sluice/redis';
import { createServer, type Role } from '@sluice/server';
import { Redis } from 'ioredis';
import { RECONCILE_MS, RETRY_MS, TIMEOUT_MS } from './deadlines.ts';
import type { FollowerParts } from './follower.ts';

/** Each token's secret is its name. */
const roles: Readonly<Record<string, Role>> = { ada: 'operate', ben: 'operate', web: 'evaluate' };
const tokens = Object.entries(roles).map(([name, role]) => ({
  name,
  role,
  sha256: createHash('sha256').update(name).digest('hex'),
}));

/** One server of several, wherever it runs. */
export interface RunningServer {
  readonly url: string;
  /** A request with JSON, if any, of whoever the token belongs to. */
  ask(token: string, method: string, path: string, body?: object): Promise<Response>;
  /** What a process that evaluates by itself is made of. */
  followed(follower: string): FollowerParts;
  /** Ends it as an operator would. */
  close(): Promise<void>;
}

/** One in this process, with a connection to Redis of its own. */
export async function serverHere(redisPort: number): Promise<RunningServer> {
  const client = new Redis({ host: '127.0.0.1', port: redisPort, retryStrategy: () => RETRY_MS });
  client.on('error', () => {});
  const each = { timeoutMs: TIMEOUT_MS, reconcileIntervalMs: RECONCILE_MS };
  const server = createServer({ source: redisSource(client, each), switches: redisSwitches(client, each), tokens });
  const { url } = await server.listen({ port: 0 });
  return running(url, async () => {
    await server.close();
    client.disconnect();
  });
}

/** One in a process of its own, which can crash. */
export interface ServerApart extends RunningServer {
  crash(): Promise<void>;
  /** On the same port. */
  startAgain(): Promise<void>;
}

export async function serverApart(redisPort: number): Promise<ServerApart> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-server-'));
  const tokensFile = join(folder, 'tokens');
  await writeFile(tokensFile, tokens.map((token) => `${JSON.stringify(token)}\n`).join(''));
  const launch = (port: string): Promise<Launched> =>
    launched(['--redis', `redis://127.0.0.1:${redisPort}`, '--tokens', tokensFile, '--port', port]);
  let { child, url } = await launch('0');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const close = async (): Promise<void> => {
    await end('SIGTERM');
    await rm(folder, { recursive: true });
  };
  return {
    ...running(url, close),
    crash: () => end('SIGKILL'),
    async startAgain() {
      ({ child, url } = await launch(new URL(url).port));
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Resolves with where it listens, once it says so. */
async function launched(options: readonly string[]): Promise<Launched> {
  const child = spawn(process.execPath, ['packages/cli/dist/esm/main.js', 'serve', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const crash = (): void => void child.kill('SIGKILL');
  process.once('exit', crash);
  child.once('exit', () => process.off('exit', crash));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`sluice serve ended: ${said}`)));
  });
  return { child, url };
}

function running(url: string, close: () => Promise<void>): RunningServer {
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    url,
    ask: (token, method, path, body) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...headersOf(token), 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    followed: (follower) => ({
      source: httpSource(`${url}/v1/document`, {
        headers: headersOf('web'),
        stream: `${url}/v1/stream`,
        pollIntervalMs: RECONCILE_MS,
        timeoutMs: TIMEOUT_MS,
      }),
      switches: httpSwitches(url, { token: 'web', follower, pollIntervalMs: RECONCILE_MS, timeoutMs: TIMEOUT_MS }),
    }),
    close,
  };
}
