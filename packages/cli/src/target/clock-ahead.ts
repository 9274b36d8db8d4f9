import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';

/** How long Redis may take to tell its time; whatever comes next says what is wrong with it. */
const TIMEOUT_MS = 1_000;

/** How far the clock of Redis is ahead of this machine's; 0 where it is behind, or may not be asked. */
export async function clockAheadMs(client: Redis | Cluster): Promise<number> {
  const told = client.time().catch(() => undefined);
  const time = await Promise.race([told, wait(TIMEOUT_MS, undefined, { ref: false })]);
  if (time === undefined) return 0;
  const [seconds = 0, microseconds = 0] = time.map(Number);
  return Math.max(0, Math.round(seconds * 1_000 + microseconds / 1_000 - Date.now()));
}
