import type { RedisAccess, RedisCommand } from './redis-client.ts';
import { askTime } from './scripts.ts';

/** Commands that end: with Redis's reply, or with an error that says what to do. */
export interface Commands {
  /** What a person calls the place, such as `redis sluice`. */
  readonly place: string;
  /** Sends a command whose first key is `key`. */
  send(key: string, command: RedisCommand): Promise<unknown>;
  /** Runs a script, whose keys are all in the slot of the first. */
  run(script: string, keys: readonly [string, ...string[]], parameters: readonly string[]): Promise<unknown>;
  /**
   * Runs a script that changes something, whose last parameter is its deadline by Redis's clock: what was given up here is not
   * made later, however long the client keeps it to send it again.
   */
  change(script: string, keys: readonly [string, ...string[]], parameters: readonly string[]): Promise<unknown>;
  /** Waits for what was sent otherwise no longer than for a command. */
  bounded<Reply>(what: string, reply: () => Promise<Reply>): Promise<Reply>;
}

export function commandsOf(access: RedisAccess, place: string, timeoutMs: number): Commands {
  const bounded = <Reply>(what: string, reply: () => Promise<Reply>, ifLate = ''): Promise<Reply> =>
    new Promise<Reply>((resolve, reject) => {
      const late = new Error(`${place} did not answer ${what} within ${timeoutMs} ms${ifLate}`);
      const timer = setTimeout(() => reject(late), timeoutMs);
      const settle = <Value>(finish: (value: Value) => void, value: Value): void => {
        clearTimeout(timer);
        finish(value);
      };
      // An answer that comes after all, or a rejection, is heard here and changes nothing.
      invoke(reply).then(
        (value) => settle(resolve, value),
        (error: unknown) => settle(reject, explained(place, what, error)),
      );
    });
  const send = (key: string, command: RedisCommand, ifLate?: string): Promise<unknown> =>
    bounded(command[0], () => access.send(key, command), ifLate);
  const run = (script: string, keys: readonly [string, ...string[]], parameters: readonly string[], ifLate?: string) =>
    send(keys[0], ['EVAL', script, String(keys.length), ...keys, ...parameters], ifLate);
  return {
    place,
    bounded: (what, reply) => bounded(what, reply),
    send: (key, command) => send(key, command),
    run: (script, keys, parameters) => run(script, keys, parameters),
    async change(script, keys, parameters) {
      const now = Number(await run(askTime, [keys[0]], []));
      return run(script, keys, [...parameters, String(now + timeoutMs)], MAYBE_MADE);
    },
  };
}

const MAYBE_MADE = '. The change was made by then or never will be: look what is there before you repeat it';

/** A client that was closed may throw where it otherwise rejects. */
async function invoke<Reply>(reply: () => Promise<Reply>): Promise<Reply> {
  return reply();
}

/** Whether Redis refused because the user may not, which stays so until somebody changes the user. */
export function isRefusal(error: unknown): boolean {
  return refusal.test(error instanceof Error ? error.message : String(error));
}

const refusal = /\bNOPERM\b|ACL failure in script|user executing the script can't/;

function explained(place: string, what: string, error: unknown): Error {
  const said = error instanceof Error && error.message !== '' ? error.message : String(error);
  return new Error(`${place}: ${what} failed: ${said.replace(/\.$/, '')}${mend(said)}`, { cause: error });
}

function mend(said: string): string {
  if (refusal.test(said))
    return '. Give the user of this connection the ACL line that the README of @sluice/redis lists';
  if (/^OOM\b|\bOOM command not allowed/.test(said)) {
    return '. Nothing was written; give Redis more memory (maxmemory) or let it evict what may go';
  }
  if (/^READONLY\b/.test(said)) return '. This is a replica: connect to the master';
  if (/Stream isn't writeable|client is offline/i.test(said)) return '. There is no connection to Redis at the moment';
  if (/client is closed/i.test(said)) return '. Connect the client before it is used, and close it last';
  return '';
}
