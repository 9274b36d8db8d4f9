import { describe, expect } from 'vitest';
import { CANDIDATE, CONTROL } from './document.ts';
import { fault } from './fault.ts';
import { operatorAt } from './operator.ts';

const persistent = { redis: { persistent: true } };

describe('a Redis that is started again with what it kept', () => {
  fault(
    'changes nothing that was killed, and is followed again',
    persistent,
    async ({ server, operator, start, afterwards }) => {
      const follower = await start();
      await operator.kill();
      await follower.isWell([CONTROL, CANDIDATE]);
      await server.stop();
      expect((await follower.noticesTrouble()).served).toEqual([CONTROL, CANDIDATE]);
      await server.restart();
      await follower.isWell([CONTROL, CANDIDATE]);

      const again = await operatorAt(server.port);
      afterwards(() => again.close());
      await again.killFlag();
      await follower.isWell([CONTROL, CONTROL]);
      await follower.tells(/^READY CONFIGURATION_CHANGED (STALE )+READY CONFIGURATION_CHANGED$/);
    },
  );

  fault('at once after a crash is followed again', persistent, async ({ server, operator, start, afterwards }) => {
    const follower = await start();
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    await server.restart('SIGKILL');
    const again = await operatorAt(server.port);
    afterwards(() => again.close());
    await again.killFlag();
    await follower.isWell([CONTROL, CONTROL]);
    // It may have come back before anybody missed it.
    await follower.tells(
      /^READY CONFIGURATION_CHANGED (STALE )*(CONFIGURATION_CHANGED (STALE )*READY|(READY )?CONFIGURATION_CHANGED)$/,
    );
  });
});
