import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { type HttpRequest, openResponse } from './open-response.ts';
import { ResponseError } from './response-error.ts';

export interface ExchangeRequest extends HttpRequest {
  /** Bounds the whole exchange, the body included. */
  readonly timeoutMs: number;
  /** Longest body that is read, uncompressed. */
  readonly maxBytes: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request and its whole answer, whatever the status. */
export async function exchange(request: ExchangeRequest): Promise<Reply> {
  const { timeoutMs, maxBytes, url, signal } = request;
  const deadline = new AbortController();
  const stop = (): void => deadline.abort();
  // A signal of the caller's own lives long, and what is added to it has to be taken away again.
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const timer = setTimeout(stop, timeoutMs);
  if (request.background) timer.unref();
  let response: IncomingMessage | undefined;
  try {
    response = await openResponse({
      ...request,
      headers: { 'accept-encoding': 'gzip, br', ...request.headers },
      signal: deadline.signal,
    });
    const body = await readBody(response, maxBytes);
    return { status: response.statusCode ?? 0, headers: response.headers, body };
  } catch (error) {
    if (signal.aborted) throw new ResponseError(url, 'is no longer asked: it was closed');
    if (deadline.signal.aborted) throw new ResponseError(url, `did not answer within ${timeoutMs} ms`);
    if (error instanceof BodyError) throw new ResponseError(url, error.message);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    response?.destroy();
  }
}

/** The fault of a body, without the address it came from. */
class BodyError extends Error {}

/** What a response says of its length is not trusted, nor is what it is compressed to. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of uncompressed(response)) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new BodyError(`answered more than the ${maxBytes} bytes that are read`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    throw new BodyError(`broke off its answer: ${(error as Error).message}`);
  }
  return Buffer.concat(chunks);
}

/** An answer without a body may name the encoding that its body would have. */
const WITHOUT_BODY: readonly (number | undefined)[] = [204, 304];

function uncompressed(response: IncomingMessage): Readable {
  if (WITHOUT_BODY.includes(response.statusCode)) return response;
  const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return response;
  // What fails in the pipe fails where its end is read.
  if (encoding === 'gzip' || encoding === 'x-gzip') return pipeline(response, createGunzip(), () => {});
  if (encoding === 'br') return pipeline(response, createBrotliDecompress(), () => {});
  throw new BodyError(`answered in the encoding ${encoding}, which was not asked for`);
}
