import { setTimeout as pause } from 'node:timers/promises';
import { type RedisServer, startRedis } from './start-redis.ts';

export interface RedisCluster {
  readonly masters: readonly RedisServer[];
  /** Of every master. */
  readonly urls: readonly string[];
  /** Idempotent. */
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** Starts a cluster of masters that share the slots, and resolves when each of them knows all others. */
export async function startRedisCluster(count = 3): Promise<RedisCluster> {
  const masters = await Promise.all(Array.from({ length: count }, () => startRedis({ cluster: true })));
  const stop = async (): Promise<void> => {
    await Promise.all(masters.map((master) => master.stop()));
  };
  try {
    for (const [index, master] of masters.entries()) {
      const [first, after] = [index, index + 1].map((place) => Math.floor((place * SLOTS) / count));
      await master.ask(`CLUSTER ADDSLOTSRANGE ${first} ${Number(after) - 1}`);
      await master.ask(`CLUSTER SET-CONFIG-EPOCH ${index + 1}`);
    }
    for (const one of masters) {
      for (const other of masters) {
        if (one !== other) await one.ask(`CLUSTER MEET ${other.host} ${other.port} ${other.busPort}`);
      }
    }
    await Promise.all(masters.map((master) => untilWhole(master, count)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { masters, urls: masters.map(({ url }) => url), stop };
}

/** Nodes gossip and tell nobody when they are done, so they have to be asked again and again. */
async function untilWhole(master: RedisServer, count: number): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const info = await master.ask('CLUSTER INFO');
    if (info.includes('cluster_state:ok') && info.includes(`cluster_size:${count}`)) return;
    if (Date.now() > giveUpAt) throw new Error(`The cluster is not whole after 30 s: ${info}`);
    await pause(50);
  }
}
