import { describe, expect, vi } from 'vitest';
import { TIMEOUT_MS, WELL_MS } from './deadlines.ts';
import { CANDIDATE, CONTROL, FLAG, OTHER_FLAG, SWITCH } from './document.ts';
import { fault, type Place } from './fault.ts';

describe('a network that is cut', () => {
  fault('silently, is noticed, and a kill meanwhile holds once it is back', {}, async ({ proxy, operator, start }) => {
    const follower = await start();
    proxy.cut();
    expect((await follower.noticesTrouble()).served).toEqual([CANDIDATE, CANDIDATE]);
    await operator.kill();
    await proxy.heal();
    await follower.isWell([CONTROL, CANDIDATE]);
    await operator.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    await follower.tells(changedWhileStale);
  });

  fault('by resets, is noticed, and a kill meanwhile holds once it is back', {}, async ({ proxy, operator, start }) => {
    const follower = await start();
    await proxy.refuse();
    expect((await follower.noticesTrouble()).served).toEqual([CANDIDATE, CANDIDATE]);
    await operator.kill();
    await proxy.heal();
    await follower.isWell([CONTROL, CANDIDATE]);
    await operator.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    await follower.tells(changedWhileStale);
  });

  fault('by resets for a moment, loses nothing', {}, async ({ proxy, operator, start }) => {
    const follower = await start();
    await proxy.refuse();
    await operator.kill();
    await proxy.heal();
    await follower.isWell([CONTROL, CANDIDATE]);
  });

  // That of node-redis counts from the last byte either way, so that asking in vain keeps a dead connection.
  const impatient = { socketTimeout: 2 * TIMEOUT_MS, clients: ['ioredis'] as const };
  fault('by a firewall that forgets connections, is noticed, and new ones are made', impatient, async (place) => {
    const { proxy, operator, start } = place;
    const follower = await start();
    await isSubscribed(place);
    proxy.forget();
    expect((await follower.noticesTrouble()).served).toEqual([CANDIDATE, CANDIDATE]);
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    // The connection for messages is dead too, and nobody has told it: one that is missed makes it connect anew.
    await operator.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    await isSubscribed(place, 2);
    await follower.tells(changedWhileStale);
  });

  fault('for the messages alone, delays a kill until the next reconcile', {}, async (place) => {
    const { messages, operator, start } = place;
    const follower = await start();
    await isSubscribed(place);
    messages.dropping = true;
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    expect(messages.dropped).toBeGreaterThan(0);
    await follower.tells(/^READY CONFIGURATION_CHANGED$/);
  });

  const seldom = { reconcileIntervalMs: 3_600_000 };
  fault('for one message, is found by the next one', seldom, async (place) => {
    const { messages, operator, start } = place;
    const follower = await start();
    await isSubscribed(place);
    messages.dropping = true;
    await operator.kill();
    await vi.waitFor(() => expect(messages.dropped).toBe(1));
    messages.dropping = false;
    await operator.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    expect(messages.dropped).toBe(1);
    expect(follower.history.at(-1)?.flagsChanged).toEqual(expect.arrayContaining([SWITCH, FLAG, OTHER_FLAG]));
    await follower.tells(/^READY CONFIGURATION_CHANGED$/);
  });
});

/** A change before that is found by the reconcile that comes with it, and by no message. Redis counts dead connections too. */
async function isSubscribed({ server }: Place, connections = 1): Promise<void> {
  const subscribed = async (): Promise<number> =>
    (await server.ask('CLIENT LIST TYPE PUBSUB')).split(' sub=1 ').length - 1;
  await vi.waitFor(async () => expect(await subscribed()).toBe(connections), { timeout: WELL_MS });
}

/** Well again and changed come together, as one or the other reaches the process first. */
const changedWhileStale =
  /^READY (STALE )+(CONFIGURATION_CHANGED (STALE )*READY|READY CONFIGURATION_CHANGED) CONFIGURATION_CHANGED$/;
