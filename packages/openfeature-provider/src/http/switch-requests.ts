import { type Follower, readSwitchStates, type SwitchStates } from '@sluice/core';
import { exchange } from './exchange.ts';
import { ResponseError, retryAfterOf } from './response-error.ts';

/** Tens of thousands of switches. */
export const MAX_STATES_BYTES: number = 16 * 2 ** 20;
const MAX_RECEIPT_BYTES = 64 * 2 ** 10;

/** What a process that follows the switches asks of a Sluice server. */
export class SwitchRequests {
  readonly #server: URL;
  readonly #timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  #closing = new AbortController();
  #last: { readonly etag: string; readonly states: SwitchStates } | undefined;

  /** @param server ends in a slash. */
  constructor(server: URL, token: string | undefined, timeoutMs: number) {
    this.#server = server;
    this.#timeoutMs = timeoutMs;
    this.headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  url(path: string): URL {
    return new URL(path, this.#server);
  }

  /** @param background whether the process may end before there is an answer. */
  async states(background: boolean): Promise<SwitchStates> {
    const url = this.url('v1/switches');
    const last = this.#last;
    const headers = { ...this.headers, ...(last && { 'if-none-match': last.etag }) };
    const reply = await exchange({ url, headers, maxBytes: MAX_STATES_BYTES, ...this.#bounds(background) });
    if (reply.status === 304 && last !== undefined) return last.states;
    if (reply.status !== 200) {
      throw new ResponseError(url, `answered ${reply.status}`, reply.status, retryAfterOf(reply.headers));
    }
    const states = readStates(url, reply.body.toString('utf8'));
    const { etag } = reply.headers;
    this.#last = etag === undefined ? undefined : { etag, states };
    return states;
  }

  async acknowledge({ id, revision }: Omit<Follower, 'at'>): Promise<void> {
    const url = this.url('v1/followers');
    const headers = { ...this.headers, 'content-type': 'application/json' };
    const body = JSON.stringify({ id, revision });
    const reply = await exchange({ url, headers, body, maxBytes: MAX_RECEIPT_BYTES, ...this.#bounds(true) });
    if (reply.status !== 204) throw new ResponseError(url, `answered ${reply.status}`, reply.status);
  }

  /** Ends what is under way, and forgets the last answer. */
  forget(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#last = undefined;
  }

  #bounds(background: boolean): { timeoutMs: number; signal: AbortSignal; background: boolean } {
    return { timeoutMs: this.#timeoutMs, signal: this.#closing.signal, background };
  }
}

/** @throws {ResponseError} for a text that holds no switch states. */
export function readStates(url: URL, text: string): SwitchStates {
  try {
    return readSwitchStates(JSON.parse(text));
  } catch (error) {
    throw new ResponseError(url, `answered what cannot be read: ${(error as Error).message}`);
  }
}
