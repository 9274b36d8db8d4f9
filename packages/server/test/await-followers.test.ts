import type { Follower } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { awaitFollowers, type FollowerProgress } from '../src/operations/await-followers.ts';

/** Answers with each list in turn, and with the last one from then on. */
function looks(...lists: readonly (readonly Follower[] | Error)[]) {
  let look = 0;
  return {
    followers: async () => {
      const list = lists[Math.min(look++, lists.length - 1)] ?? [];
      if (list instanceof Error) throw list;
      return list;
    },
  };
}

const follower = (id: string, revision: number): Follower => ({ id, revision, at: 1 });
const patient = { timeoutMs: 20_000 };
const hasty = { timeoutMs: 0 };

describe('awaiting followers', () => {
  it('waits until the last of them applies the revision, and tells how far they are', async () => {
    const seen: FollowerProgress[] = [];
    const operations = looks(
      [follower('a', 4), follower('b', 4)],
      [follower('a', 5), follower('b', 4)],
      [follower('a', 5), follower('b', 6)],
    );
    const done = await awaitFollowers(operations, 5, { ...patient, onProgress: (progress) => seen.push(progress) });
    expect(done).toEqual({ acknowledged: 2, missing: [], gone: [] });
    expect(seen.map(({ acknowledged, missing }) => [acknowledged, missing.length])).toEqual([
      [0, 2],
      [1, 1],
      [2, 0],
    ]);
  });

  it('names those that are missing when the time is over', async () => {
    const operations = looks([follower('a', 5), follower('b', 4)]);
    expect(await awaitFollowers(operations, 5, hasty)).toEqual({
      acknowledged: 1,
      missing: [follower('b', 4)],
      gone: [],
    });
  });

  it('waits for one that appears meanwhile, and names one that went without acknowledging', async () => {
    const operations = looks(
      [follower('old', 4)],
      [follower('old', 4), follower('young', 4)],
      [follower('young', 4)],
      [follower('young', 5)],
    );
    expect(await awaitFollowers(operations, 5, patient)).toEqual({
      acknowledged: 1,
      missing: [],
      gone: [follower('old', 4)],
    });
  });

  it('counts one that came back as there', async () => {
    const operations = looks(
      [follower('a', 4), follower('b', 4)],
      [follower('b', 4)],
      [follower('a', 5), follower('b', 5)],
    );
    expect(await awaitFollowers(operations, 5, patient)).toEqual({ acknowledged: 2, missing: [], gone: [] });
  });

  it('goes on after a look that failed, and rejects where none succeeded', async () => {
    const failure = new Error('the network is down');
    expect(await awaitFollowers(looks(failure, [follower('a', 5)]), 5, patient)).toMatchObject({ acknowledged: 1 });
    await expect(awaitFollowers(looks(failure), 5, hasty)).rejects.toBe(failure);
  });

  it('knows nothing where the place knows nothing', async () => {
    expect(await awaitFollowers({ followers: async () => undefined }, 5, patient)).toBeUndefined();
  });
});
