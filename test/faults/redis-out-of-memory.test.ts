import { describe, expect } from 'vitest';
import { CANDIDATE, CONTROL } from './document.ts';
import { fault } from './fault.ts';

const noeviction = { redis: { settings: { 'maxmemory-policy': 'noeviction' } } };

describe('a Redis that is out of memory', () => {
  fault('carries out a kill, refuses a document, and goes on telling what holds', noeviction, async (place) => {
    const { server, operator, start, proxy } = place;
    const follower = await start();
    await server.ask('CONFIG SET maxmemory 1');
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    await expect(operator.publish()).rejects.toThrow(/OOM/);
    // A process that has to connect anew is told as well.
    await proxy.refuse();
    await follower.noticesTrouble();
    await proxy.heal();
    await follower.isWell([CONTROL, CANDIDATE]);

    await operator.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    await follower.tells(/^READY CONFIGURATION_CHANGED (STALE )+READY CONFIGURATION_CHANGED$/);
  });
});
