import type { MeasurementRecord, Sink } from '@sluice/core';
import { warnOnce } from '../warn-once.ts';

/** A server says in a line what it stored, or what is wrong. */
const MAX_REPLY_BYTES = 64 * 2 ** 10;

export interface HttpSinkOptions {
  /** Secret of a token of role `ingest`. @default none, for a server that asks for none */
  readonly token?: string;
  /** How long one request may take. @default 10_000 */
  readonly timeoutMs?: number;
}

/**
 * Sends records to the ingest of a Sluice server, for processes that live too briefly, or have no disk, to keep them. A
 * batch counts as stored once the server says that its own sink has it. One that the server finds too large,
 * or to hold a record that it cannot take, goes in parts; such a record alone is let go, and said by one process warning.
 *
 * The sink keeps no key: all who record to one server have to give `createRecorder` the same `key`, the server too.
 *
 * @throws {TypeError} for what is no URL of a web server, and for one with a user or password in it.
 */
export function httpSink(serverUrl: string, options: HttpSinkOptions = {}): Sink {
  const { token, timeoutMs = 10_000 } = options;
  const url = recordsUrl(serverUrl);
  const name = `${url.origin}${url.pathname}`;
  let closed = false;

  async function send(batch: readonly MeasurementRecord[]): Promise<void> {
    const { status, stored, reason } = await post(batch);
    if (status === 200 && stored) return;
    if (status === 422 && batch.length === 1) {
      // It never will be stored, and would keep from the server all that come after it.
      return warnOnce('SLUICE_RECORD_REFUSED', `${name} refuses a record, and it is let go: ${reason}`);
    }
    if ((status !== 413 && status !== 422) || batch.length === 1) {
      throw new Error(`${name} answered ${status}: ${reason}`);
    }
    const half = Math.ceil(batch.length / 2);
    await send(batch.slice(0, half));
    await send(batch.slice(half));
  }

  async function post(batch: readonly MeasurementRecord[]): Promise<Reply> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: `${batch.map((record) => JSON.stringify(record)).join('\n')}\n`,
        // Followed, some redirects would turn the batch into a request for nothing that is answered with 200.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return replyOf(response, await textOf(response));
    } catch (error) {
      throw new Error(`${name} cannot be reached: ${reachFault(error as Error, timeoutMs)}`, { cause: error });
    }
  }

  return {
    name,
    async write(batch) {
      if (closed) throw new Error(`the sink ${name} is closed`);
      if (batch.length > 0) await send(batch);
    },
    async close() {
      closed = true;
    },
  };
}

function recordsUrl(serverUrl: string): URL {
  const base = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`;
  if (URL.canParse(base) && /^https?:$/.test(new URL(base).protocol)) {
    const url = new URL('ingest/v1/records', base);
    if (url.username === '' && url.password === '') return url;
    throw new TypeError(`the address at ${url.host} holds a user or password: leave it out, and give a token instead`);
  }
  throw new TypeError(`${serverUrl} is no address of a web server: write it out, as in https://sluice.example.com`);
}

/** Its beginning: whatever answers in the place of the server may go on without end. */
async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_REPLY_BYTES) break;
  }
  return text;
}

interface Reply {
  readonly status: number;
  /** The server itself says so: a page that somebody before it shows may have the status 200 too. */
  readonly stored: boolean;
  /** What the server says is wrong, else where it sends us, else the beginning of what it sent. */
  readonly reason: string;
}

function replyOf({ status, headers }: Response, text: string): Reply {
  const { stored, error } = parse(text);
  const location = headers.get('location');
  const moved = location === null ? undefined : `it is at ${location} now`;
  const said = typeof error === 'string' ? error : (moved ?? text.slice(0, 200));
  return { status, stored: typeof stored === 'number', reason: said || 'nothing more was said' };
}

function parse(text: string): { readonly stored?: unknown; readonly error?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** `fetch failed` alone says nothing: why is in its cause, or where several addresses failed in the cause's code. */
function reachFault(error: Error, timeoutMs: number): string {
  if (error.name === 'TimeoutError') return `it did not answer within ${timeoutMs} ms`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.message || cause?.code || error.message;
}
