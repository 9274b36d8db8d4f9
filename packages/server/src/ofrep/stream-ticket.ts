import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KnownToken } from '../auth/find-token.ts';

/** A ticket is good for the rest of one window and the whole of the next. */
const WINDOW_MS = 3_600_000;

/**
 * A short-lived right to open the event stream, for browsers: EventSource cannot send a header, and a token does not belong
 * in a URL that proxies log. It says until when, signed with what the servers of a deployment share anyway, so that each of
 * them takes the others' tickets, and that a token which is withdrawn takes its tickets along.
 *
 * For the length of a window it is the same, because a client that is told another URL opens its stream anew.
 */
export function streamTicket(token: KnownToken, now: number): string {
  const until = (Math.floor(now / WINDOW_MS) + 2) * WINDOW_MS;
  return `${until.toString(36)}.${sign(token, until).toString('base64url')}`;
}

/** Whose ticket this is; `undefined` where it is nobody's or has run out. */
export function ticketHolder(tokens: readonly KnownToken[], ticket: string, now: number): KnownToken | undefined {
  const [time = '', signature = ''] = ticket.split('.');
  const until = Number.parseInt(time, 36);
  const given = Buffer.from(signature, 'base64url');
  if (!(until > now) || given.length !== 32) return undefined;
  let holder: KnownToken | undefined;
  for (const token of tokens) if (timingSafeEqual(sign(token, until), given)) holder = token;
  return holder;
}

function sign({ hash }: KnownToken, until: number): Buffer {
  return createHmac('sha256', hash).update(`sluice event stream until ${until}`).digest();
}
