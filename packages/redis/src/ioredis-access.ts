import { reconnectDelay } from './reconnect-delay.ts';
import type { IoredisClient, RedisAccess, SubscriberEvents } from './redis-client.ts';

interface Ioredis extends IoredisClient {
  readonly isCluster?: boolean;
  readonly options?: { readonly scaleReads?: unknown };
  call(...command: readonly string[]): Promise<unknown>;
  /** A cluster's first parameter is its nodes. */
  duplicate(...parameters: unknown[]): Ioredis;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: string, listener: (...parameters: never[]) => void): unknown;
  disconnect(): void;
}

/**
 * A client of ioredis 5 or 6, or a cluster.
 *
 * @throws {TypeError} for a cluster that reads from replicas, whose answers may be older than what was answered before.
 */
export function ioredisAccess(client: IoredisClient): RedisAccess {
  const redis = client as Ioredis;
  const isCluster = redis.isCluster === true;
  if (isCluster && (redis.options?.scaleReads ?? 'master') !== 'master') {
    throw new TypeError(
      "The cluster given to Sluice reads from replicas, which lag behind: give it one of its own, cluster.duplicate([], { scaleReads: 'master' })",
    );
  }
  return {
    send: (_key, command) => redis.call(...command),
    follow({ ready, ended }) {
      redis.on('ready', ready);
      redis.on('end', ended);
    },
    listen(events) {
      const subscriber = isCluster ? redis.duplicate([], clusterOverrides) : redis.duplicate(overrides);
      let open = true;
      listenTo(subscriber, events, () => open);
      return {
        subscribe: (channel) => subscriber.subscribe(channel),
        unsubscribe: (channel) => subscriber.unsubscribe(channel),
        close() {
          open = false;
          subscriber.disconnect();
        },
      };
    },
  };
}

function listenTo(subscriber: Ioredis, events: SubscriberEvents, isOpen: () => boolean): void {
  // It reports and reconnects; whether anything was missed is asked when it is back. Unheard, an 'error' would be printed.
  subscriber.on('error', () => {});
  subscriber.on('ready', () => isOpen() && events.ready());
  subscriber.on('end', () => isOpen() && events.ended());
  subscriber.on('message', (channel: string, message: string) => isOpen() && events.message(channel, message));
}

const retry = (attempt: number): number => reconnectDelay(attempt - 1);

const clusterOverrides = { lazyConnect: false, clusterRetryStrategy: retry, enableOfflineQueue: true };

const overrides = {
  lazyConnect: false,
  retryStrategy: retry,
  enableOfflineQueue: true,
  // Subscribed again by whoever hears that it is ready, who then knows when nothing can be missed any more.
  autoResubscribe: false,
  monitor: false,
};
