import { startRedis } from './start-redis.ts';

/** A Redis for tests that need no hold on its process: the one that SLUICE_REDIS_URL names, else one started for them. */
export async function anyRedis(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const url = process.env['SLUICE_REDIS_URL'];
  return url === undefined ? startRedis() : { url, stop: async () => undefined };
}
