import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { SwitchState, SwitchStates, SwitchStore, SwitchTarget } from '@sluice/core';
import { readAudit } from './audit-trail.ts';
import { channelsOf } from './channels.ts';
import { commandsOf } from './commands.ts';
import { followersOf } from './followers.ts';
import { Following } from './following.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './redis-client.ts';
import { readHash, readRevision } from './replies.ts';
import { changeSwitch } from './scripts.ts';
import { applyMessage, fieldOf, readStates } from './switch-hash.ts';

export interface RedisSwitchesOptions {
  /** What the names of keys and the channel begin with, in braces. @default 'sluice' */
  readonly prefix?: string;
  /** How long one command may take. @default 1000 */
  readonly timeoutMs?: number;
  /** How often the revision is compared, in case a message was lost. @default 2000 */
  readonly reconcileIntervalMs?: number;
  /** What this process is called among those that follow the switches. @default host name, process id and some characters by chance */
  readonly follower?: string;
}

/** A store of switches on Redis. */
export type RedisSwitches = SwitchStore & Required<Pick<SwitchStore, 'followers' | 'acknowledge'>>;

/**
 * Keeps switch states on Redis and tells every process of a change at once.
 *
 * @throws {TypeError} for what is no client that it can use.
 */
export function redisSwitches(client: RedisClient, options: RedisSwitchesOptions = {}): RedisSwitches {
  const { prefix = 'sluice', timeoutMs = 1000, reconcileIntervalMs = 2000, follower = followerName() } = options;
  const keys = keysOf(prefix);
  const channels = channelsOf(client);
  const commands = commandsOf(channels.access, keys.place, timeoutMs);
  const followers = followersOf(commands, keys.followers, follower, 3 * reconcileIntervalMs);
  const following = new Following<SwitchStates>({
    place: keys.place,
    kind: 'switches',
    channel: keys.changes,
    channels,
    reconcileIntervalMs,
    read: async () => readStates(readHash(await commands.send(keys.switches, ['HGETALL', keys.switches])), keys.place),
    revision: async () =>
      readRevision(await commands.send(keys.switches, ['HGET', keys.switches, 'revision']), keys.place),
    apply: applyMessage,
    upToDate: ({ revision }) => followers.note(revision),
  });
  const change = async (target: SwitchTarget, state: SwitchState | null, entry: object): Promise<number> => {
    const changed = { target, state };
    const message = await commands.change(
      changeSwitch,
      [keys.switches, keys.audit],
      [
        keys.changes,
        fieldOf(target),
        state === null ? '' : JSON.stringify(state),
        members({ ...entry, ...changed }),
        members(changed),
      ],
    );
    following.made(String(message));
    return JSON.parse(String(message)).revision;
  };
  return {
    name: keys.place,
    read: () => following.read(),
    watch(listener) {
      following.watch({
        state: (states) => listener({ states }),
        failure: (error, asOf) => listener({ error, ...(asOf !== undefined && { asOf }) }),
      });
    },
    set: (target, state) => change(target, state, { by: state.by, why: state.why }),
    clear: (target, { by, why }) => change(target, null, { by, why }),
    audit: (limit) => readAudit(commands, keys.audit, 'switch', limit),
    followers: () => followers.list(),
    acknowledge: (of) => followers.acknowledge(of),
    async close() {
      following.close();
      await followers.leave();
    },
  };
}

/** `"by":"ann","why":"…"`: what a script puts between the braces beside its own. */
function members(value: object): string {
  return JSON.stringify(value).slice(1, -1);
}

function followerName(): string {
  return `${hostname()}:${process.pid}:${randomBytes(2).toString('hex')}`;
}
