import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { PAUSE_MS } from './deadlines.ts';
import { CANDIDATE, CONTROL } from './document.ts';
import { fault } from './fault.ts';

describe('a Redis that is paused', () => {
  fault('is noticed, though every connection stays open', {}, async ({ server, operator, start }) => {
    const follower = await start();
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    server.pause();
    const stale = await follower.noticesTrouble();
    expect(stale).toMatchObject({ served: [CONTROL, CANDIDATE], message: expect.stringMatching(/redis/) });
    await pause(PAUSE_MS);
    server.resume();
    await follower.isWell([CONTROL, CANDIDATE]);
    await operator.restore();
    await follower.isWell([CANDIDATE, CANDIDATE]);
    await follower.tells(/^READY CONFIGURATION_CHANGED (STALE )+READY CONFIGURATION_CHANGED$/);
  });

  fault('makes no change later that an operator was told has failed', {}, async ({ server, operator, start }) => {
    const follower = await start();
    server.pause();
    await expect(operator.kill()).rejects.toThrow(/redis/i);
    await follower.noticesTrouble();
    server.resume();
    await follower.isWell([CANDIDATE, CANDIDATE]);
    expect((await operator.store.read()).switches.get('ai-agent')).toBeUndefined();
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
  });
});
