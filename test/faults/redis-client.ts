import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { RETRY_MS } from './deadlines.ts';

export const clientKinds = ['ioredis', 'node-redis'] as const;
export type ClientKind = (typeof clientKinds)[number];

/**
 * A client as a service makes it, that goes on trying to connect; it may not be connected yet.
 *
 * `socketTimeout` is the client's own: after so many ms without a byte it connects anew.
 */
export function redisClient(kind: ClientKind, port: number, socketTimeout?: number) {
  const timeout = socketTimeout === undefined ? {} : { socketTimeout };
  if (kind === 'ioredis') {
    const client = new Redis({ host: '127.0.0.1', port, retryStrategy: () => RETRY_MS, ...timeout });
    client.on('error', () => {});
    return { client, close: () => client.disconnect() };
  }
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: () => RETRY_MS, ...timeout } });
  client.on('error', () => {});
  // Rejects where the client is ended before there was a connection.
  client.connect().catch(() => {});
  return { client, close: () => client.destroy() };
}
