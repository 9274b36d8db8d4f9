import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { SwitchChange, SwitchStates, SwitchStore } from '@sluice/core';
import { wentBack } from '../went-back.ts';
import { followEvents } from './event-stream.ts';
import { KnownSwitches } from './known-switches.ts';
import { repeat } from './repeat.ts';
import { httpUrl, placeOf } from './response-error.ts';
import { MAX_STATES_BYTES, readStates, SwitchRequests } from './switch-requests.ts';

/** Many processes hear of a change in the same moment, and must not all answer in the next. */
const ACKNOWLEDGED_WITHIN_MS = 50;

export interface HttpSwitchesOptions {
  /** Secret of a token of role `evaluate`. @default none, for a server that asks for none */
  readonly token?: string;
  /** What this process is called among those that follow the switches. @default host name, process id and some characters by chance */
  readonly follower?: string;
  /** How long an answer may take. @default 5_000 */
  readonly timeoutMs?: number;
  /** How often the switches are asked for, sooner or later by up to a fifth, in case the stream has lost a change. @default 10_000 */
  readonly pollIntervalMs?: number;
}

/**
 * Follows the switches of a Sluice server: by its stream, which brings a change at once, and by asking now and then. The
 * server is told how far this process has come. Who follows does not switch: `set`, `clear` and `audit` reject.
 *
 * @throws {TypeError} for what is no URL of a web server.
 */
export function httpSwitches(serverUrl: string, options: HttpSwitchesOptions = {}): SwitchStore {
  const { token, follower = followerName(), timeoutMs = 5_000, pollIntervalMs = 10_000 } = options;
  const server = httpUrl(serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`);
  const name = placeOf(server).replace(/\/$/, '');
  const requests = new SwitchRequests(server, token, timeoutMs);
  const listeners = new Set<(change: SwitchChange) => void>();
  const known = new KnownSwitches((change) => {
    for (const listener of listeners) listener(change);
  });
  let stop: (() => void) | undefined;

  /** @throws where the server knows less than it did. */
  const ask = async (background: boolean): Promise<SwitchStates> => {
    for (;;) {
      const before = known.revision;
      const states = await requests.states(background);
      if (states.revision >= known.revision) return states;
      // Where the stream brought something newer meanwhile, the answer may have been given before that: it is asked again.
      if (known.revision === before) throw wentBack(name, before, states.revision);
    }
  };

  /** Returns what ends it. */
  const follow = (): (() => void) => {
    let stopped = false;
    /** What the server says is wrong with it: its answers prove nothing then, until it says more or has no stream to say it by. */
    let doubt: Error | undefined;
    let reopened = false;
    let acknowledging: NodeJS.Timeout | undefined;

    const acknowledge = async (): Promise<void> => {
      acknowledging = undefined;
      // A process that may not say how far it is is not counted, and follows as well as any other.
      await requests.acknowledge({ id: follower, revision: known.revision }).catch(() => {});
    };
    const acknowledgeSoon = (): void => {
      acknowledging ??= setTimeout(acknowledge, Math.random() * ACKNOWLEDGED_WITHIN_MS).unref();
    };

    const poll = async (): Promise<void> => {
      try {
        const states = await ask(true);
        if (stopped) return;
        if (doubt === undefined || states.revision > known.revision) known.take(states);
        if (doubt !== undefined) known.fail(doubt);
        acknowledgeSoon();
      } catch (error) {
        if (!stopped) known.fail(error as Error);
        throw error;
      }
    };
    const polls = repeat(pollIntervalMs, poll, known.failure);

    const url = requests.url('v1/stream');
    const hear = (data: string): void => {
      const unsure = reopened && doubt !== undefined;
      reopened = false;
      doubt = undefined;
      try {
        const states = readStates(url, data);
        // A stream begins with the states, also where the next thing it says is what is wrong: until the answer, it has said so.
        if (unsure && states.revision === known.revision) polls.now();
        // Another server behind the same address may be behind; whether this one is, its next answer says.
        else if (known.take(states)) acknowledgeSoon();
        else polls.now();
      } catch {
        polls.now();
      }
    };
    const unfollow = followEvents({
      ...{ url, headers: requests.headers, timeoutMs, maxLength: MAX_STATES_BYTES },
      onEvent({ event, data }) {
        if (event === 'switches') hear(data);
        if (event !== 'stale') return;
        doubt = new Error(`${name} may be behind itself: ${messageIn(data)}`);
        known.fail(doubt);
      },
      onDown(_, wasOpen) {
        reopened = true;
        if (!wasOpen) doubt = undefined;
        // Whether only the stream is gone or the server too, its next answer says.
        else polls.now();
      },
    });
    return () => {
      stopped = true;
      unfollow();
      polls.stop();
      clearTimeout(acknowledging);
    };
  };

  const refuse = async (): Promise<never> => {
    throw new Error(
      `${name} is only followed from here; switch by its admin API, as sluice kill --target ${name} does`,
    );
  };

  return {
    name,
    async read() {
      try {
        const states = await ask(false);
        known.take(states);
        return states;
      } catch (error) {
        known.fail(error as Error);
        throw error;
      }
    },
    watch(listener) {
      listeners.add(listener);
      stop ??= follow();
    },
    set: refuse,
    clear: refuse,
    audit: refuse,
    acknowledge: (of) => requests.acknowledge(of),
    async close() {
      stop?.();
      stop = undefined;
      listeners.clear();
      requests.forget();
      known.forget();
    },
  };
}

function followerName(): string {
  return `${hostname()}:${process.pid}:${randomBytes(2).toString('hex')}`;
}

function messageIn(data: string): string {
  try {
    return String(JSON.parse(data).message);
  } catch {
    return data;
  }
}
