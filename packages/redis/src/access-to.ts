import { ioredisAccess } from './ioredis-access.ts';
import { nodeRedisAccess } from './node-redis-access.ts';
import type { RedisAccess, RedisClient } from './redis-client.ts';

/** @throws {TypeError} for what is no client that the stores can use. */
export function accessTo(client: RedisClient): RedisAccess {
  if ('call' in client && 'status' in client) return ioredisAccess(client);
  // A pool of the package `redis` cannot subscribe; its sentinel, which has a master node, takes other parameters.
  if ('sendCommand' in client && 'subscribe' in client && !('getMasterNode' in client)) return nodeRedisAccess(client);
  throw new TypeError(
    'The client given to Sluice has to be a client or a cluster of ioredis, or of redis by createClient or createCluster; with sentinels, one of ioredis',
  );
}
