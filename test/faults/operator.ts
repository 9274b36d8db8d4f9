import type { SwitchStore } from '@sluice/core';
import { redisSource, redisSwitches } from '@sluice/redis';
import { Redis } from 'ioredis';
import { documentOfTheTests, OTHER_FLAG, SWITCH } from './document.ts';

/** Somebody who turns switches, with a connection that nothing happens to. */
export interface Operator {
  readonly store: SwitchStore;
  publish(document?: object): Promise<unknown>;
  kill(): Promise<number>;
  restore(): Promise<number>;
  killFlag(): Promise<number>;
  close(): Promise<void>;
}

const author = { by: 'ana', why: 'the answers are wrong' };

export async function operatorAt(port: number): Promise<Operator> {
  // Fails at once where it is not connected: what an operator was told has failed must not happen later.
  const client = new Redis({
    host: '127.0.0.1',
    port,
    enableOfflineQueue: false,
    lazyConnect: true,
    retryStrategy: null,
  });
  client.on('error', () => {});
  await client.connect();
  const source = redisSource(client);
  const store = redisSwitches(client);
  return {
    store,
    async publish(document = documentOfTheTests()) {
      const expected = (await source.readText())?.revision ?? null;
      return source.writeText({ ...author, text: JSON.stringify(document), expected, summary: 'written' });
    },
    kill: () => store.set({ switch: SWITCH }, { ...author, on: false, since: Date.now() }),
    restore: () => store.set({ switch: SWITCH }, { ...author, on: true, since: Date.now() }),
    killFlag: () => store.set({ flag: OTHER_FLAG }, { ...author, on: false, since: Date.now() }),
    async close() {
      await store.close();
      await source.close();
      client.disconnect();
    },
  };
}
