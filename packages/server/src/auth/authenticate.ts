import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { addressOf } from '../limits/address.ts';
import type { RateLimit } from '../limits/rate-limit.ts';
import { Refusal } from '../refusal.ts';
import { findToken, type KnownToken, secretIn } from './find-token.ts';
import type { Caller, ServerEnvironment } from './token.ts';

const anonymous: Caller = { name: 'anonymous', role: 'operate' };

/**
 * Finds who asks. One token from one address may ask as often as the limit says; what has no token that fits shares the
 * limit of its address, so that guessing is slow and takes nothing from anybody else.
 */
export function authenticate(tokens: readonly KnownToken[], limit: RateLimit): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const address = addressOf(context);
    if (tokens.length === 0) {
      limit.take(address);
      context.set('token', anonymous);
      return next();
    }
    const secret = secretIn(context.req.header('authorization'), context.req.header('x-api-key'));
    const token = secret === undefined ? undefined : findToken(tokens, secret);
    limit.take(token === undefined ? address : `${address} ${token.name}`);
    if (token === undefined) throw unauthorized(secret === undefined ? 'No token was sent' : 'The token is not known');
    context.set('token', token);
    return next();
  });
}

function unauthorized(what: string): Refusal {
  const message = `${what}; send \`Authorization: Bearer <secret>\` or \`X-API-Key: <secret>\`.`;
  return new Refusal(401, 'token', message, { 'WWW-Authenticate': 'Bearer realm="sluice"' });
}
