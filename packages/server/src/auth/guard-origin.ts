import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { Refusal } from '../refusal.ts';
import type { ServerEnvironment } from './token.ts';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what a web page that was not let in could have sent. A browser names the page's origin with everything that is
 * more than reading, also where it would not let the page see the answer; a server without tokens has no other defence.
 */
export function guardOrigin(origins: readonly string[]): MiddlewareHandler<ServerEnvironment> {
  const allowed = new Set(origins);
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && !reading.has(context.req.method) && !allowed.has(origin)) {
      if (hostIn(origin) !== context.req.header('host')?.toLowerCase()) {
        throw new Refusal(
          403,
          'origin',
          'Web pages of this origin are not let in; `corsOrigins` names those that are.',
        );
      }
    }
    return next();
  });
}

/**
 * Refuses names that only seem to be this machine: a page whose name was pointed at 127.0.0.1 would otherwise be let in as
 * if the machine itself had asked.
 */
export function guardHost(): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const host = context.req.header('host');
    if (host !== undefined && !isLoopback(host.replace(/:\d*$/, ''))) {
      throw new Refusal(403, 'host', 'A server without tokens answers only to localhost, 127.0.0.1 and [::1].');
    }
    return next();
  });
}

/** Whether a name or address can only be this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(host);
}

function hostIn(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
