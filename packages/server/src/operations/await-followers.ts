import { setTimeout as wait } from 'node:timers/promises';
import type { Follower } from '@sluice/core';
import type { Operations } from './operations.ts';

export interface AwaitFollowersOptions {
  /** How long to wait for the last of them. */
  readonly timeoutMs: number;
  /** Told after each look, the last one included. */
  readonly onProgress?: (progress: FollowerProgress) => void;
}

export interface FollowerProgress {
  /** Processes that apply this revision, or a later one. */
  readonly acknowledged: number;
  /** Processes that follow and do not apply it yet. */
  readonly missing: readonly Follower[];
  /** Processes that were missing and do not follow any more: ended, or cut off. */
  readonly gone: readonly Follower[];
}

const LOOK_EVERY_MS = 25;

/**
 * Waits until every process that follows the switches applies a revision. Resolves with how far they came when the time is
 * over, and with `undefined` where the place knows nothing of its followers.
 *
 * @throws rejects where the place could not be asked even once.
 */
export async function awaitFollowers(
  operations: Pick<Operations, 'followers'>,
  revision: number,
  { timeoutMs, onProgress }: AwaitFollowersOptions,
): Promise<FollowerProgress | undefined> {
  const end = performance.now() + timeoutMs;
  const met = new Map<string, Follower>();
  let progress: FollowerProgress | undefined;
  let failure: unknown;
  for (;;) {
    try {
      const followers = await operations.followers();
      if (followers === undefined) return undefined;
      progress = progressOf(followers, revision, met);
    } catch (error) {
      // What is waited for is done already, so a look that fails is no reason to stop looking.
      failure = error;
    }
    if (progress !== undefined) onProgress?.(progress);
    if (progress?.missing.length === 0) return progress;
    if (performance.now() >= end) break;
    await wait(LOOK_EVERY_MS);
  }
  if (progress === undefined) throw failure;
  return progress;
}

/** @param met those that were missing at an earlier look. */
function progressOf(followers: readonly Follower[], revision: number, met: Map<string, Follower>): FollowerProgress {
  const missing = followers.filter((each) => each.revision < revision);
  for (const { id } of followers) met.delete(id);
  const gone = [...met.values()];
  for (const each of missing) met.set(each.id, each);
  return { acknowledged: followers.length - missing.length, missing, gone };
}
