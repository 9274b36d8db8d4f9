import { reconnectDelay } from './reconnect-delay.ts';
import type { NodeRedisClient, RedisAccess, RedisCommand, Subscriber, SubscriberEvents } from './redis-client.ts';

interface NodeRedis extends NodeRedisClient {
  readonly options?: { readonly socket?: object };
  /** A cluster's, whose commands name the key that says where they go. */
  readonly masters?: readonly unknown[];
  sendCommand(command: RedisCommand): Promise<unknown>;
  duplicate(overrides: object): NodeRedis;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>;
  unsubscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>;
  on(event: string, listener: () => void): unknown;
  /** Version 5 and later. */
  destroy?(): unknown;
  /** Version 4. */
  disconnect?(): unknown;
}

interface NodeRedisCluster {
  sendCommand(firstKey: string, isReadonly: boolean, command: RedisCommand): Promise<unknown>;
}

/** A client or a cluster of the package `redis`, 4 to 6. */
export function nodeRedisAccess(client: NodeRedisClient): RedisAccess {
  const redis = client as NodeRedis;
  const cluster = 'masters' in redis ? (redis as unknown as NodeRedisCluster) : undefined;
  return {
    // Never as read-only: a replica's answer may be older than what was answered before.
    send: (key, command) => (cluster ? cluster.sendCommand(key, false, command) : redis.sendCommand(command)),
    follow({ ready, ended }) {
      redis.on('ready', ready);
      redis.on('end', ended);
      // A cluster's own.
      redis.on('disconnect', ended);
    },
    listen: (events) => (cluster ? listenToCluster(redis, events) : listenToNode(redis, events)),
  };
}

function listenToNode(redis: NodeRedis, events: SubscriberEvents): Subscriber {
  const subscriber = redis.duplicate({
    socket: { ...redis.options?.socket, reconnectStrategy: reconnectDelay, socketTimeout: undefined },
    clientSideCache: undefined,
  });
  const { listener, isOpen, ...opened } = open(subscriber, events);
  subscriber.on('ready', () => isOpen() && events.ready());
  subscriber.connect().then(
    // One that was closed while it connected takes no notice of it.
    () => (isOpen() ? undefined : end(subscriber)),
    () => isOpen() && events.ended(),
  );
  return { ...opened, subscribe: (channel) => subscriber.subscribe(channel, listener) };
}

/** A cluster tells nothing of its connections but that it was reached once; it subscribes again by itself. */
function listenToCluster(redis: NodeRedis, events: SubscriberEvents): Subscriber {
  const subscriber = redis.duplicate({ minimizeConnections: true });
  const { listener, isOpen, ...opened } = open(subscriber, events);
  subscriber.connect().then(
    () => (isOpen() ? events.ready() : end(subscriber)),
    () => isOpen() && events.ended(),
  );
  return { ...opened, subscribe: (channel) => subscriber.subscribe(channel, listener) };
}

function open(subscriber: NodeRedis, events: SubscriberEvents) {
  let isOpen = true;
  // One for all channels, so that subscribing twice adds nothing.
  const listener = (message: string, channel: string): void => {
    if (isOpen) events.message(channel, message);
  };
  // It reports and reconnects; whether anything was missed is asked when it is back. Unheard, an 'error' would be thrown.
  subscriber.on('error', () => {});
  return {
    listener,
    isOpen: () => isOpen,
    unsubscribe: (channel: string) => subscriber.unsubscribe(channel, listener),
    close() {
      if (!isOpen) return;
      isOpen = false;
      void end(subscriber);
    },
  };
}

/** One that is not connected yet, or no longer, may say that it cannot be ended. */
async function end(subscriber: NodeRedis): Promise<void> {
  try {
    await (subscriber.destroy === undefined ? subscriber.disconnect?.() : subscriber.destroy());
  } catch {
    // It is ended.
  }
}
