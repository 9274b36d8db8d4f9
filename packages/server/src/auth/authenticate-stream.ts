import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { addressOf } from '../limits/address.ts';
import type { RateLimit } from '../limits/rate-limit.ts';
import { ticketHolder } from '../ofrep/stream-ticket.ts';
import { Refusal } from '../refusal.ts';
import type { KnownToken } from './find-token.ts';
import type { ServerEnvironment } from './token.ts';

/** Takes the ticket of an event stream in place of a token; without a ticket `otherwise` finds who asks. */
export function authenticateStream(
  tokens: readonly KnownToken[],
  limit: RateLimit,
  otherwise: MiddlewareHandler<ServerEnvironment>,
): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const ticket = context.req.query('ticket');
    if (ticket === undefined) return otherwise(context, next);
    const holder = ticketHolder(tokens, ticket, Date.now());
    const address = addressOf(context);
    limit.take(holder === undefined ? address : `${address} ${holder.name}`);
    if (holder === undefined) {
      throw new Refusal(401, 'ticket', 'The ticket is not good any more; the next bulk evaluation has a new one.');
    }
    context.set('token', holder);
    return next();
  });
}
