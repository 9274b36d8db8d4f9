import { ProviderEvents } from '@openfeature/server-sdk';
import { describe, expect } from 'vitest';
import { WELL_MS } from './deadlines.ts';
import { CANDIDATE, CONTROL } from './document.ts';
import { fault } from './fault.ts';
import { operatorAt } from './operator.ts';

describe('a Redis that comes back without its data', () => {
  fault('undoes no kill, says what was lost, and is mended by writing', {}, async (place) => {
    const { server, operator, start } = place;
    const follower = await start();
    await operator.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    await server.restart('SIGKILL');
    const lost = await follower.told('that data was lost', WELL_MS, ({ message }) => /revision|lost/.test(message));
    expect(lost).toMatchObject({ event: ProviderEvents.Stale, served: [CONTROL, CANDIDATE], stale: true });

    const again = await operatorAt(server.port);
    place.afterwards(() => again.close());
    await again.publish();
    await again.kill();
    await follower.isWell([CONTROL, CANDIDATE]);
    await again.restore();
    await follower.isWell([CANDIDATE, CANDIDATE]);
    await follower.tells(/^READY CONFIGURATION_CHANGED (STALE )+READY CONFIGURATION_CHANGED$/);
  });
});
