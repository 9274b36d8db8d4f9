import type { IncomingMessage } from 'node:http';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Backoff } from './backoff.ts';
import { openResponse, requireOk } from './open-response.ts';
import { LONGEST_RETRY_AFTER_MS, ResponseError } from './response-error.ts';

/** Servers of Sluice send a comment every 15 s: three of them missing is a connection that is gone. */
const SILENCE_MS = 45_000;

export interface EventStream {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Longest wait for the first byte. */
  readonly timeoutMs: number;
  /** Longest event, in characters; a longer one ends the connection. */
  readonly maxLength: number;
  readonly onEvent: (event: EventSourceMessage) => void;
  /** A stream that was open is not any more, or none could be opened; it will be tried again. */
  readonly onDown: (error: Error, wasOpen: boolean) => void;
}

/**
 * Follows a stream of server-sent events until the function it returns is called, and opens it again whenever it ends, is
 * silent for too long, or cannot be had. Neither its connection nor its timers keep the process alive.
 */
export function followEvents(stream: EventStream): () => void {
  const stopping = new AbortController();
  const backoff = new Backoff();
  let timer: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    let open = false;
    const onEvent = (event: EventSourceMessage): void => {
      open = true;
      // Not when it opens: a server that accepts and at once hangs up would be asked without pause.
      backoff.reset();
      stream.onEvent(event);
    };
    const error = await readEvents({ ...stream, onEvent }, stopping.signal);
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => void connect(), backoff.nextMs(error)).unref();
    stream.onDown(error, open);
  };

  void connect();
  return () => {
    stopping.abort();
    clearTimeout(timer);
  };
}

/** Resolves with why the stream ended. */
async function readEvents(stream: EventStream, stopping: AbortSignal): Promise<Error> {
  const { url, timeoutMs, maxLength, onEvent } = stream;
  const ending = new AbortController();
  let retryMs: number | undefined;
  let reason: Error | undefined;
  const end = (error: Error): void => {
    reason = error;
    ending.abort();
  };
  const stop = (): void => end(new ResponseError(url, 'is no longer followed'));
  stopping.addEventListener('abort', stop);
  let timer = setTimeout(() => end(new ResponseError(url, `did not answer within ${timeoutMs} ms`)), timeoutMs).unref();
  let response: IncomingMessage | undefined;
  try {
    const headers = { ...stream.headers, accept: 'text/event-stream', 'cache-control': 'no-cache' };
    response = await openResponse({ url, headers, signal: ending.signal, background: true });
    requireOk(url, response);
    requireEvents(url, response);
    clearTimeout(timer);
    timer = setTimeout(() => end(new ResponseError(url, `was silent for ${SILENCE_MS} ms`)), SILENCE_MS).unref();
    const parser = createParser({
      maxBufferSize: maxLength,
      onEvent: (event) => !ending.signal.aborted && onEvent(event),
      onRetry: (delayMs) => {
        retryMs = Math.min(delayMs, LONGEST_RETRY_AFTER_MS);
      },
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') end(new ResponseError(url, `sent an event longer than ${maxLength}`));
      },
    });
    response.setEncoding('utf8');
    for await (const chunk of response) {
      timer.refresh();
      parser.feed(chunk);
    }
    return reason ?? new ResponseError(url, 'ended the stream', undefined, retryMs);
  } catch (error) {
    return reason ?? (error as Error);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', stop);
    response?.destroy();
  }
}

function requireEvents(url: URL, { headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? 'nothing';
  if (/^text\/event-stream\b/i.test(type)) return;
  throw new ResponseError(url, `answered with ${type} where a stream of events (text/event-stream) was expected`, 200);
}
