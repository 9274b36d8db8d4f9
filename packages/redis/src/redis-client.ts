/** What the stores use of a client or a cluster of the package `ioredis`. */
export interface IoredisClient {
  readonly status: string;
  readonly call: (...parameters: never[]) => Promise<unknown>;
  readonly duplicate: (...parameters: never[]) => unknown;
}

/** What the stores use of a client or a cluster of the package `redis`. */
export interface NodeRedisClient {
  readonly sendCommand: (...parameters: never[]) => Promise<unknown>;
  readonly duplicate: (...parameters: never[]) => unknown;
}

/** The client that you have: it is used and duplicated, and stays yours to connect and to close. */
export type RedisClient = IoredisClient | NodeRedisClient;

/** A client as the stores see it, whichever library it is of. */
export interface RedisAccess {
  /** Sends a command to the master that has `key`. */
  send(key: string, command: RedisCommand): Promise<unknown>;
  /** Opens a connection of its own for messages. It connects again by itself until it tells that it ended. */
  listen(events: SubscriberEvents): Subscriber;
  /** Calls these from now on, for as long as the client lives. */
  follow(events: Pick<SubscriberEvents, 'ready' | 'ended'>): void;
}

export type RedisCommand = readonly [name: string, ...parameters: string[]];

export interface SubscriberEvents {
  /** It is connected, for the first time or again. */
  ready(): void;
  message(channel: string, message: string): void;
  /** It will not connect again. */
  ended(): void;
}

export interface Subscriber {
  /** Idempotent; has to be repeated after `ready`. */
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  /** Lets go of the connection; no event comes after it. Idempotent. */
  close(): void;
}
