import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ServerEnvironment } from '../auth/token.ts';
import { Refusal } from '../refusal.ts';
import type { Limits } from './limits.ts';
import { nesting } from './nesting.ts';

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Reads the body of every request that has one, and refuses it as soon as it is too long, so that no route behind this
 * ever holds more. What routes read afterwards, by `context.req.text()` or `json()`, has been read already.
 */
export function limitBody({ bodyBytes, jsonDepth }: Limits): MiddlewareHandler<ServerEnvironment> {
  const tooLong = (): Refusal =>
    new Refusal(413, 'body', `The body is longer than ${bodyBytes} bytes.`, { Connection: 'close' });
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    if (bodiless.has(context.req.method)) return next();
    const length = context.req.header('content-length');
    // Chunks of HTTP/1.1, or frames of HTTP/2.
    if (length === undefined || context.req.header('transfer-encoding') !== undefined) {
      const { raw } = context.req;
      if (raw.body === null) return next();
      const body = await readUpTo(raw.body, bodyBytes);
      if (body === undefined) throw tooLong();
      context.req.raw = new Request(raw, { body });
    } else if (!(Number(length) <= bodyBytes)) {
      throw tooLong();
    }
    if (isJson(context) && nesting(await textOf(context)) > jsonDepth) {
      throw new Refusal(400, 'json', `The JSON nests deeper than ${jsonDepth} levels.`);
    }
    return next();
  });
}

/** Refuses a body of any other type, and one of which the type was not said. */
export function requireContentType(...types: readonly string[]): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    if (!types.includes(contentTypeOf(context))) {
      throw new Refusal(415, 'content-type', `The body has to be ${types.join(' or ')}, and Content-Type to say so.`);
    }
    return next();
  });
}

function isJson(context: Context): boolean {
  return /^application\/(x-nd)?(.*\+)?json$/.test(contentTypeOf(context));
}

function contentTypeOf(context: Context): string {
  return context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** A connection that ends before its body is the sender's fault, not the server's. */
async function textOf(context: Context): Promise<string> {
  try {
    return await context.req.text();
  } catch {
    throw new Refusal(400, 'malformed', 'The body did not arrive.');
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      length += value.byteLength;
      if (length > bytes) return undefined;
      chunks.push(value);
    }
  } catch {
    throw new Refusal(400, 'malformed', 'The body did not arrive.');
  }
}
