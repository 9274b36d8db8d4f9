import type { Follower } from '@sluice/core';
import { type Commands, isRefusal } from './commands.ts';
import { readHash } from './replies.ts';
import { listFollowers, noteFollower } from './scripts.ts';

/** A process that follows through a server renews itself every ten seconds or so. */
const ACKNOWLEDGED_MS = 45_000;
/**
 * Many processes hear of a change in the same moment. Writing then takes time from those that have not heard yet, so each does
 * it later, spread over parts of the time that an entry counts: 100 to 300 ms by default.
 */
const NOTED_AFTER = 1 / 60;
const NOTED_WITHIN = 1 / 30;

/** Who follows the switches of a place, each with how far it has come. */
export interface Followers {
  list(): Promise<readonly Follower[]>;
  /** Notes that another process has come so far. */
  acknowledge(follower: Omit<Follower, 'at'>): Promise<void>;
  /** Notes, a little later, that this process has come so far; who may not write is not counted, and nothing fails. */
  note(revision: number): void;
  /** Takes this process off the list. */
  leave(): Promise<void>;
}

export function followersOf(commands: Commands, key: string, id: string, countsMs: number): Followers {
  let revision = 0;
  let timer: NodeJS.Timeout | undefined;
  let noted = false;
  let refused = false;
  const write = (of: Omit<Follower, 'at'>, forMs: number, sweep: boolean): Promise<unknown> =>
    commands.run(noteFollower, [key], [of.id, String(of.revision), String(forMs), sweep ? '1' : '']);
  const noteNow = async (): Promise<void> => {
    timer = undefined;
    const first = !noted;
    noted = true;
    try {
      await write({ id, revision }, countsMs, first);
    } catch (error) {
      refused = isRefusal(error);
    }
  };
  return {
    async list() {
      const [now, hash] = (await commands.run(listFollowers, [key], [])) as [unknown, unknown];
      const followers = [...readHash(hash)].map(([name, entry]) => {
        const [at = Number.NaN, ends = Number.NaN, reached = Number.NaN] = parts(entry);
        return { follower: { id: name, revision: reached, at }, ends };
      });
      return followers.filter(({ ends }) => ends >= Number(now)).map(({ follower }) => follower);
    },
    async acknowledge(of) {
      await write(of, ACKNOWLEDGED_MS, false);
    },
    note(reached) {
      const renews = noted && reached === revision;
      revision = reached;
      if (refused || timer !== undefined) return;
      // Nobody is kept waiting by one that was awake to reconcile anyway.
      if (renews) return void noteNow();
      timer = setTimeout(noteNow, countsMs * (NOTED_AFTER + Math.random() * NOTED_WITHIN)).unref();
    },
    async leave() {
      clearTimeout(timer);
      timer = undefined;
      const counted = noted && !refused;
      noted = false;
      refused = false;
      if (!counted) return;
      // Where Redis is out of reach the entry counts no more after a while.
      await commands.send(key, ['HDEL', key, id]).catch(() => {});
    },
  };
}

/** An entry is `revision at ends`. */
function parts(entry: string): readonly number[] {
  const [revision, at, ends] = entry.split(' ').map(Number);
  return [at ?? Number.NaN, ends ?? Number.NaN, revision ?? Number.NaN];
}
