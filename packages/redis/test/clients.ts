import type { RedisCluster } from '@sluice-test/services';
import { Cluster, Redis } from 'ioredis';
import { createClient, createCluster } from 'redis';
import type { RedisClient } from '../src/index.ts';

/** A client as an application makes it. */
export interface OpenClient {
  readonly client: RedisClient;
  /** Sends a command as the application does. */
  ask(...command: [string, ...string[]]): Promise<unknown>;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly username?: string;
  readonly password?: string;
  /** Certificate to trust. */
  readonly ca?: string;
}

export const clients: Readonly<Record<string, (url: string, options?: ClientOptions) => Promise<OpenClient>>> = {
  ioredis: openIoredis,
  'node-redis': openNodeRedis,
};

export const clusterClients: Readonly<
  Record<string, (cluster: RedisCluster, user?: ClientOptions) => Promise<OpenClient>>
> = {
  'ioredis Cluster': openIoredisCluster,
  'node-redis cluster': openNodeRedisCluster,
};

export async function openIoredis(url: string, { ca, ...options }: ClientOptions = {}): Promise<OpenClient> {
  const client = new Redis(url, { ...options, ...(ca !== undefined && { tls: { ca } }) });
  client.on('error', () => {});
  return {
    client,
    ask: (command, ...rest) => client.call(command, ...rest),
    close: async () => client.disconnect(),
  };
}

export async function openNodeRedis(url: string, { ca, ...options }: ClientOptions = {}): Promise<OpenClient> {
  const socket = ca === undefined ? {} : { socket: { tls: true as const, ca } };
  const client = createClient({ url, ...options, ...socket });
  client.on('error', () => {});
  await client.connect();
  return { client, ask: (...command) => client.sendCommand(command), close: () => end(client) };
}

async function openIoredisCluster({ masters }: RedisCluster, user: ClientOptions = {}): Promise<OpenClient> {
  const nodes = masters.map(({ host, port }) => ({ host, port }));
  const client = new Cluster(nodes, { redisOptions: user });
  client.on('error', () => {});
  return { client, ask: (command, ...rest) => client.call(command, ...rest), close: async () => client.disconnect() };
}

async function openNodeRedisCluster({ urls }: RedisCluster, user: ClientOptions = {}): Promise<OpenClient> {
  const client = createCluster({ rootNodes: urls.map((url) => ({ url })), defaults: user });
  client.on('error', () => {});
  await client.connect();
  return {
    client,
    ask: (...command) => client.sendCommand(command[1], false, command),
    close: () => end(client),
  };
}

/** Version 4 of the package `redis` calls it `disconnect`. */
async function end(client: { destroy?(): unknown; disconnect?(): unknown }): Promise<void> {
  await (client.destroy === undefined ? client.disconnect?.() : client.destroy());
}
