import type { Client } from '@openfeature/server-sdk';
import { type SwitchGuardOptions, switchAnswer } from './switch-answer.ts';

/** What the guard needs of a Fastify reply. */
export interface FastifySwitchReply {
  code(status: number): this;
  headers(values: Record<string, string>): this;
  send(body: string): this;
}

export type FastifySwitchGuard = (request: unknown, reply: FastifySwitchReply) => Promise<unknown>;

/** A `preHandler` hook that answers as `switchGuard` does where the switch is off, and lets through where it is on. */
export function fastifySwitchGuard(client: Client, name: string, options?: SwitchGuardOptions): FastifySwitchGuard {
  return async (_request, reply) => {
    const closed = await switchAnswer(client, name, options);
    // An asynchronous hook that answers has to resolve with the reply, or Fastify may go on to the handler.
    return closed && reply.code(closed.status).headers(closed.headers).send(closed.body);
  };
}
