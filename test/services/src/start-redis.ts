import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { askRedis, type RedisAddress } from './ask-redis.ts';
import { debianBinary } from './debian-binary.ts';
import { killAtExit, removeAtExit } from './ends-with-us.ts';
import { freePort } from './free-port.ts';
import { selfMadeCertificate } from './self-made-certificate.ts';

export interface RedisOptions {
  /** @default 0, which takes a free one */
  readonly port?: number;
  /** Writes each change to disk, so that a restart loses nothing. @default false: a restart loses everything */
  readonly persistent?: boolean;
  /** Of the default user. @default none is asked for */
  readonly password?: string;
  /** Lines of an ACL file, such as `user reader on >secret ~* +@read`. @default the default user may do everything */
  readonly users?: readonly string[];
  /** Speaks TLS alone, with a certificate made for it. @default false */
  readonly tls?: boolean;
  /** Follows this one. @default it is a master */
  readonly replicaOf?: RedisAddress;
  /** Runs as a node of a cluster that has no slots yet. @default false */
  readonly cluster?: boolean;
  /** Further lines of redis.conf, such as `{ maxmemory: '8mb' }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A Redis that this process started, listens on 127.0.0.1 alone, and goes when this process goes. */
export interface RedisServer extends RedisAddress {
  /** With the password, where there is one. */
  readonly url: string;
  /** Of the server that runs now. */
  readonly pid: number;
  /** Where a node of a cluster listens to the others. */
  readonly busPort?: number;
  /** Ends it; `SIGKILL` ends it as a crash would. Idempotent. @default 'SIGTERM' */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops it where it still runs, and starts it again on the same port with what it kept. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops its clock (SIGSTOP): connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Sends one inline command as the default user and resolves with the reply. */
  ask(command: string): Promise<string>;
}

/**
 * Starts a Redis of its own and resolves when it answers. The program is `redis-server` of Debian's package; the environment
 * variable SLUICE_REDIS_SERVER names another, such as `valkey-server`.
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const named = process.env['SLUICE_REDIS_SERVER'];
  const program = named ?? (await debianBinary('redis-server', 'redis-server'));
  const folder = await mkdtemp(join(tmpdir(), 'sluice-redis-'));
  removeAtExit(folder);
  // Between our asking for a free port and the server's taking it, another may have taken it.
  for (let attempt = 1; ; attempt++) {
    const { address, busPort } = await configure(options, folder);
    try {
      return serve(program, folder, address, busPort, await launch(program, folder, address));
    } catch (error) {
      if (attempt === 5 || (options.port ?? 0) !== 0 || !/in use/.test(String(error))) throw error;
    }
  }
}

async function configure(options: RedisOptions, folder: string) {
  const { port: asked = 0, password, users, tls = false, replicaOf, cluster = false } = options;
  const host = '127.0.0.1';
  const port = asked === 0 ? await freePort() : asked;
  const busPort = cluster ? await freePort() : undefined;
  const secure = tls ? await selfMadeCertificate(folder) : undefined;
  const settings: Record<string, string | number> = {
    bind: host,
    dir: folder,
    save: '""',
    appendonly: options.persistent ? 'yes' : 'no',
    appendfsync: 'always',
    port: secure === undefined ? port : 0,
    ...(secure && { 'tls-port': port, 'tls-cert-file': secure.certificateFile, 'tls-key-file': secure.keyFile }),
    ...(secure && { 'tls-ca-cert-file': secure.certificateFile, 'tls-auth-clients': 'no' }),
    ...(password !== undefined && users === undefined && { requirepass: password }),
    ...(users !== undefined && { aclfile: join(folder, 'users.acl') }),
    ...(replicaOf && { replicaof: `${replicaOf.host} ${replicaOf.port}`, 'repl-diskless-sync-delay': 0 }),
    ...(replicaOf?.password !== undefined && { masterauth: replicaOf.password }),
    ...(busPort !== undefined && { 'cluster-enabled': 'yes', 'cluster-port': busPort, 'cluster-node-timeout': 2000 }),
    ...options.settings,
  };
  if (users !== undefined) await writeFile(join(folder, 'users.acl'), `${users.join('\n')}\n`);
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(join(folder, 'redis.conf'), lines.join(''));
  const address: RedisAddress = {
    host,
    port,
    ...(password !== undefined && { password }),
    ...(secure && { caFile: secure.certificateFile }),
  };
  return { address, busPort };
}

/** Ready is what answers a PING; before that the server's own words tell when to ask. */
async function launch(program: string, folder: string, address: RedisAddress): Promise<ChildProcess> {
  const child = spawn(program, [join(folder, 'redis.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  killAtExit(child);
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} did not start: ${said.slice(-5).join('\n')}`)));
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        if (/ready to accept connections/i.test(line)) resolve();
        said.push(line);
        if (said.length > 50) said.shift();
      });
    }
  });
  await askRedis(address, 'PING');
  // Whoever forgets to stop it is not kept from ending, which ends it too.
  for (const handle of [child, child.stdout, child.stderr] as { unref?(): void }[]) handle.unref?.();
  return child;
}

function serve(
  program: string,
  folder: string,
  address: RedisAddress,
  busPort: number | undefined,
  first: ChildProcess,
): RedisServer {
  let child = first;
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop: RedisServer['stop'] = async (signal = 'SIGTERM') => {
    if (!running()) return;
    const ended = once(child, 'exit');
    child.ref();
    child.kill(signal);
    // A paused process takes no signal but this one and SIGKILL.
    child.kill('SIGCONT');
    await ended;
  };
  const scheme = address.caFile === undefined ? 'redis' : 'rediss';
  const secret = address.password === undefined ? '' : `:${encodeURIComponent(address.password)}@`;
  return {
    ...address,
    url: `${scheme}://${secret}${address.host}:${address.port}`,
    ...(busPort !== undefined && { busPort }),
    get pid() {
      return child.pid ?? 0;
    },
    stop,
    async restart(signal) {
      await stop(signal);
      child = await launch(program, folder, address);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    ask: (command) => askRedis(address, command),
  };
}
