import { setTimeout as wait } from 'node:timers/promises';
import { Cluster, Redis } from 'ioredis';
import { exitCodes, Failure } from '../failure.ts';
import type { RedisAddress } from './redis-address.ts';

/** How long a command waits for a connection, in ms. */
const CONNECT_TIMEOUT_MS = 3_000;

/** A connection for one command: it is there within seconds, or the command ends and says why. */
export async function connectRedis(address: RedisAddress): Promise<Redis | Cluster> {
  const client = redisClient(address, 'once');
  let cause: Error | undefined;
  client.on('error', (error: Error) => {
    cause = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`;
    timer = setTimeout(() => reject(new Error(message)), CONNECT_TIMEOUT_MS);
  });
  try {
    await Promise.race([client.connect(), late]);
    if (cause !== undefined) throw cause;
    return client;
  } catch (error) {
    client.disconnect();
    throw notUsable(address, messageOf(cause ?? (error as Error)), error);
  } finally {
    clearTimeout(timer);
  }
}

/** A cluster says only that all its nodes failed, and keeps why to itself. */
function messageOf(error: Error & { readonly lastNodeError?: Error }): string {
  return error.lastNodeError?.message ?? error.message;
}

/**
 * A connection for a process that goes on: it comes back by itself and says what is wrong with it, each thing once. What
 * cannot be sent now is never sent later, when whoever asked was told long ago that it failed.
 */
export async function lastingRedis(address: RedisAddress, tell: (message: string) => void): Promise<Redis | Cluster> {
  const client = redisClient(address, 'again');
  let told: string | undefined;
  let toldWhenReady: string | undefined;
  client.on('error', (error: Error) => {
    const message = messageOf(error);
    if (message !== told) tell(`${address.name}: ${message}`);
    told = message;
  });
  client.on('ready', () => {
    toldWhenReady = told;
    told = undefined;
  });
  const connected = client.connect().then(
    () => true,
    () => false,
  );
  const late = wait(CONNECT_TIMEOUT_MS, false, { ref: false });
  if ((await Promise.race([connected, late])) && toldWhenReady !== undefined) {
    client.disconnect();
    throw notUsable(address, toldWhenReady);
  }
  return client;
}

/** Also where a connection is ready: a database that is not there is told like this alone, and commands would go to database 0. */
function notUsable({ name }: RedisAddress, message: string, cause?: unknown): Failure {
  return new Failure(exitCodes.unreadable, `${name} cannot be used: ${message}`, { cause });
}

function redisClient(address: RedisAddress, connects: 'once' | 'again'): Redis | Cluster {
  const { nodes, cluster, tls, username, password, database } = address;
  const lasts = connects === 'again';
  const retry = (times: number): number | null => (lasts ? Math.min(50 * times, 1_000) : null);
  const connection = {
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionName: 'sluice',
    maxRetriesPerRequest: 0,
    ...(tls ? { tls: {} } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { db: database }),
  };
  if (!cluster) {
    const options = { retryStrategy: retry, enableOfflineQueue: !lasts, lazyConnect: true };
    return new Redis({ ...connection, ...nodes[0], ...options });
  }
  return new Cluster([...nodes], {
    redisOptions: connection,
    clusterRetryStrategy: retry,
    enableOfflineQueue: !lasts,
    lazyConnect: true,
    // A certificate names the host, not the address that it resolves to.
    ...(tls ? { dnsLookup: (host, done) => done(null, host) } : {}),
  });
}
