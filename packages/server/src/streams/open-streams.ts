import type { Context } from 'hono';
import type { Caller, ServerEnvironment } from '../auth/token.ts';
import { Refusal } from '../refusal.ts';
import { encodeRetry, heartbeat } from './event.ts';

/** A client that has this much unread is ended: it reads too slowly, and comes back to what holds then. */
const MOST_UNREAD_BYTES = 4 * 1_048_576;

const streamHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // Proxies that hold an answer back until it is whole would hold a stream back for ever.
  'X-Accel-Buffering': 'no',
};

export interface OpenStreamsOptions {
  /** Open at the same time. */
  readonly most: number;
  readonly heartbeatMs: number;
  /** Told of each stream that is opened (1) and ended (-1). */
  readonly count: (change: 1 | -1) => void;
}

export interface OpenStream {
  send(bytes: Uint8Array): void;
}

interface Held extends OpenStream {
  end(): void;
}

/** All event streams of a server: how many there may be, what keeps them alive, and how they end. */
export class OpenStreams {
  readonly #options: OpenStreamsOptions;
  readonly #open = new Set<Held>();
  #beat: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
  }

  /**
   * Answers with a stream. `begin` sends what holds now, subscribes to what comes, and returns what ends that.
   *
   * @throws {Refusal} 503 where there are too many, or the server is closing.
   */
  open(context: Context<ServerEnvironment>, begin: (stream: OpenStream) => () => void): Response {
    if (this.#closed || this.#open.size >= this.#roomFor(context.var.token)) {
      const seconds = String(1 + Math.floor(Math.random() * 5));
      throw new Refusal(503, 'streams', 'There are too many streams here.', { 'Retry-After': seconds });
    }
    // Nobody would read what a stream says, nor end it.
    if (context.req.method === 'HEAD') return context.body(null, 200, streamHeaders);
    const body = new ReadableStream<Uint8Array>(this.#source(context, begin), {
      highWaterMark: MOST_UNREAD_BYTES,
      size: (bytes) => bytes?.byteLength ?? 0,
    });
    return context.body(body, 200, streamHeaders);
  }

  /** Tokens of web pages are anybody's: the last tenth is kept for programs, which a kill has to reach at once. */
  #roomFor({ role }: Caller): number {
    const { most } = this.#options;
    return role === 'evaluate:client' ? most - Math.floor(most / 10) : most;
  }

  /** Ends every stream with a hint when to come back, not all at once, and opens no more. */
  close(): void {
    this.#closed = true;
    for (const stream of [...this.#open]) {
      stream.send(encodeRetry(500 + Math.random() * 2_500));
      stream.end();
    }
  }

  #source(context: Context<ServerEnvironment>, begin: (stream: OpenStream) => () => void) {
    let held: Held | undefined;
    let stop: (() => void) | undefined;
    const letGo = (): void => {
      if (held === undefined || !this.#open.delete(held)) return;
      stop?.();
      this.#options.count(-1);
      if (this.#open.size === 0) clearInterval(this.#beat);
    };
    return {
      start: (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        held = {
          send: (bytes) => {
            if (held === undefined || !this.#open.has(held)) return;
            if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(bytes);
            letGo();
            const { outgoing } = (context.env ?? {}) as { outgoing?: { destroy(): void } };
            // Whoever writes to the socket waits for it to drain, and would wait for ever.
            if (outgoing === undefined) controller.error(new Error('the client reads too slowly'));
            else outgoing.destroy();
          },
          end: () => {
            if (held === undefined || !this.#open.has(held)) return;
            letGo();
            controller.close();
          },
        };
        this.#add(held);
        held.send(encodeRetry(1_000));
        stop = begin(held);
        // What it begins with may have been too much already.
        if (!this.#open.has(held)) stop();
      },
      cancel: letGo,
    };
  }

  #add(stream: Held): void {
    if (this.#open.size === 0) {
      this.#beat = setInterval(() => {
        for (const each of this.#open) each.send(heartbeat);
      }, this.#options.heartbeatMs);
      this.#beat.unref();
    }
    this.#open.add(stream);
    this.#options.count(1);
  }
}
