import { describe, expect, it } from 'vitest';
import { knownTokens } from '../src/auth/find-token.ts';
import { streamTicket, ticketHolder } from '../src/ofrep/stream-ticket.ts';
import { everyRole } from './running-server.ts';

const tokens = knownTokens(everyRole);
const [web, browser] = tokens;
const hour = 3_600_000;
const noon = 1_795_348_800_000;

describe('a ticket', () => {
  it('names its token for an hour at the least and two at the most', () => {
    for (const at of [noon, noon + 1, noon + hour - 1]) {
      const ticket = streamTicket(browser as never, at);
      expect(ticketHolder(tokens, ticket, at + hour)).toBe(browser);
      expect(ticketHolder(tokens, ticket, at + 2 * hour)).toBeUndefined();
    }
  });

  it('stays the same for the length of a window, because another URL would open the stream anew', () => {
    expect(streamTicket(web as never, noon)).toBe(streamTicket(web as never, noon + hour - 1));
    expect(streamTicket(web as never, noon)).not.toBe(streamTicket(web as never, noon + hour));
  });

  it('cannot be given another time or another token', () => {
    const [until, signature] = streamTicket(browser as never, noon).split('.');
    expect(ticketHolder(tokens, `${until}z.${signature}`, noon)).toBeUndefined();
    expect(streamTicket(web as never, noon)).not.toBe(streamTicket(browser as never, noon));
    expect(ticketHolder(tokens.slice(0, 1), `${until}.${signature}`, noon)).toBeUndefined();
  });
});
