import { accessTo } from './access-to.ts';
import { type Commands, commandsOf, isRefusal } from './commands.ts';
import { type Message, readMessage } from './message.ts';
import type { RedisAccess, RedisClient, Subscriber } from './redis-client.ts';

export interface ChannelListener {
  /** `undefined` for what is no message; whoever hears it then asks Redis. */
  hear(message: Message | undefined): void;
  /** From now on nothing is missed; what was told before may have been. */
  back(): void;
  /** The user of the connection may not subscribe. */
  refused(error: Error): void;
}

/** One connection for messages, and what came of its channels. */
interface Line {
  readonly subscriber: Subscriber;
  ready: boolean;
  readonly subscribed: Set<string>;
  /** Being subscribed to, or refused: not asked for again over this connection. */
  asked: Set<string>;
}

const SUBSCRIBE_TIMEOUT_MS = 5_000;

/** The channels of one client, over one connection that all stores of the client share. */
export class Channels {
  readonly access: RedisAccess;
  readonly #commands: Commands;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  #line: Line | undefined;
  #clientEnded = false;

  constructor(access: RedisAccess) {
    this.access = access;
    this.#commands = commandsOf(access, 'redis', SUBSCRIBE_TIMEOUT_MS);
    access.follow({
      ready: () => {
        this.#clientEnded = false;
        this.mend();
        for (const channel of this.#listeners.keys()) this.#tellBack(channel);
      },
      // A connection of ours must not keep a process alive whose own client has ended.
      ended: () => {
        this.#clientEnded = true;
        this.#drop();
      },
    });
  }

  /** Returns what leaves it again. */
  join(channel: string, listener: ChannelListener): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    this.mend();
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      this.#listeners.delete(channel);
      if (this.#listeners.size === 0) return this.#drop();
      this.#line?.asked.delete(channel);
      if (this.#line !== undefined) this.#unsubscribe(this.#line, channel);
    };
  }

  /** Opens what ended and subscribes where that failed: for whoever looks in from time to time. */
  mend(): void {
    if (this.#clientEnded || this.#listeners.size === 0) return;
    this.#line ??= this.#open();
    for (const channel of this.#listeners.keys()) void this.#subscribe(this.#line, channel);
  }

  /** Connects anew: a change came that no message told of, as over a connection that is dead and does not know it. */
  renew(channel: string): void {
    if (!this.#line?.subscribed.has(channel)) return;
    this.#drop();
    this.mend();
  }

  #open(): Line {
    const subscriber = this.access.listen({
      ready: () => {
        line.ready = true;
        line.subscribed.clear();
        line.asked = new Set();
        if (this.#line === line) this.mend();
      },
      message: (channel, text) => {
        const message = readMessage(text);
        for (const listener of this.#listeners.get(channel) ?? []) listener.hear(message);
      },
      ended: () => {
        if (this.#line === line) this.#drop();
      },
    });
    const line: Line = { subscriber, ready: false, subscribed: new Set(), asked: new Set() };
    return line;
  }

  #drop(): void {
    this.#line?.subscriber.close();
    this.#line = undefined;
  }

  async #subscribe(line: Line, channel: string): Promise<void> {
    if (!line.ready || line.subscribed.has(channel) || line.asked.has(channel)) return;
    const { asked } = line;
    asked.add(channel);
    try {
      await this.#commands.bounded(`SUBSCRIBE ${channel}`, () => line.subscriber.subscribe(channel));
      line.subscribed.add(channel);
      // Left while it was asked for: nobody would ever leave it again.
      if (!this.#listeners.has(channel)) this.#unsubscribe(line, channel);
      else if (this.#line === line) this.#tellBack(channel);
    } catch (error) {
      if (this.#line !== line || line.asked !== asked) return;
      // What neither answers nor refuses is given up; whoever looks in next opens another.
      if (!isRefusal(error)) return this.#drop();
      for (const listener of this.#listeners.get(channel) ?? []) listener.refused(error as Error);
    }
  }

  #unsubscribe(line: Line, channel: string): void {
    if (!line.subscribed.delete(channel)) return;
    this.#commands.bounded('UNSUBSCRIBE', () => line.subscriber.unsubscribe(channel)).catch(() => {});
  }

  #tellBack(channel: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener.back();
  }
}

const channelsOfClients = new WeakMap<RedisClient, Channels>();

/** @throws {TypeError} for what is no client that the stores can use. */
export function channelsOf(client: RedisClient): Channels {
  const channels = channelsOfClients.get(client) ?? new Channels(accessTo(client));
  channelsOfClients.set(client, channels);
  return channels;
}
