import { redisSource, redisSwitches } from '@sluice/redis';
import { type Operations, placeOperations } from '@sluice/server/operations';
import { clockAheadMs } from './clock-ahead.ts';
import { parseRedisAddress } from './redis-address.ts';
import { connectRedis } from './redis-client.ts';

/** What Redis keeps, over a connection of its own that is closed with it. */
export async function openRedis(text: string, prefix: string): Promise<Operations> {
  const address = parseRedisAddress(text);
  const client = await connectRedis(address);
  const operations = placeOperations({
    name: address.name,
    source: redisSource(client, { prefix }),
    switches: redisSwitches(client, { prefix }),
  });
  return {
    ...operations,
    // An end that is past where others are would be no kill at all, and nobody would notice.
    async kill(switchOrFlag, change) {
      if (change.expiresAt === undefined) return operations.kill(switchOrFlag, change);
      const expiresAt = change.expiresAt + (await clockAheadMs(client));
      return operations.kill(switchOrFlag, { ...change, expiresAt });
    },
    async close() {
      await operations.close();
      client.disconnect();
    },
  };
}
