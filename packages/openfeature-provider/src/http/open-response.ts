import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { placeOf, ResponseError, retryAfterOf } from './response-error.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

export interface HttpRequest {
  readonly url: URL;
  /** Sent to the origin of `url` alone: a redirect to another one must not carry a token there. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST. @default none, and the method is GET */
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Whether the process may end before there is an answer. */
  readonly background: boolean;
}

/**
 * Resolves once the head of the response is there; its body is unread. A redirect is followed to the same origin, or to
 * another by https.
 *
 * By `node:http`, because a `fetch` that is under way keeps its process alive, and a stream is always under way. The
 * global agents are used, so that what an application sets there (a proxy, certificates) holds here too; no connection is
 * kept for the next request, which comes after half a minute.
 */
export async function openResponse(request: HttpRequest): Promise<IncomingMessage> {
  let { url, headers } = request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send({ ...request, url, headers });
    if (!REDIRECTS.includes(response.statusCode) || request.body !== undefined) return response;
    response.destroy();
    const next = redirectTarget(url, response.headers.location);
    if (next.origin !== url.origin) headers = {};
    url = next;
  }
  throw new Error(`${placeOf(request.url)} redirects more than ${MOST_REDIRECTS} times`);
}

/** @throws {ResponseError} where the status is not 200. */
export function requireOk(url: URL, response: IncomingMessage): void {
  if (response.statusCode === 200) return;
  throw new ResponseError(url, `answered ${response.statusCode}`, response.statusCode, retryAfterOf(response.headers));
}

function send({ url, headers, body, signal, background }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = start(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        connection: 'close',
      },
      signal,
    });
    sent.on('response', resolve);
    sent.on('error', (error: NodeJS.ErrnoException) => reject(new ResponseError(url, reasonOf(error))));
    // Some answers are neither, as one that switches to another protocol, and nothing would come after it.
    sent.on('close', () => reject(new ResponseError(url, 'closed the connection without an answer')));
    if (background) sent.on('socket', (socket) => socket.unref());
    sent.end(body);
  });
}

/** An attempt at several addresses that failed at each has no message of its own. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return `cannot be reached: ${error.message || error.code || error.name}`;
}

function redirectTarget(from: URL, location: string | undefined): URL {
  const place = placeOf(from);
  if (location === undefined || !URL.canParse(location, from.href)) throw new Error(`${place} redirects to nowhere`);
  const target = new URL(location, from);
  if (target.protocol === 'https:' || target.origin === from.origin) return target;
  throw new Error(`${place} redirects to ${placeOf(target)}: another origin is followed by https only`);
}
