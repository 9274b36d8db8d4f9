import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memorySource, snapshotSource, snapshotSwitches } from '@sluice/openfeature-provider';
import { describe, expect } from 'vitest';
import { CANDIDATE, CONTROL, documentOfTheTests } from './document.ts';
import { fault, type Place, type RedisParts } from './fault.ts';
import type { FollowerParts } from './follower.ts';

describe.each([
  ['refuses connections', (place: Place) => place.proxy.refuse()],
  ['is silent', (place: Place) => place.proxy.cut()],
])('a process that starts while Redis %s', (_, makeUnreachable) => {
  fault('serves the kill that its snapshot knows, and gets well by itself', {}, async (place) => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-snapshots-'));
    place.afterwards(() => rm(folder, { recursive: true }));
    const withSnapshots = ({ source, switches }: RedisParts): FollowerParts => ({
      source: snapshotSource(source, join(folder, 'document.json')),
      switches: snapshotSwitches(switches, join(folder, 'switches.json')),
    });
    const before = await place.start(withSnapshots);
    await place.operator.kill();
    await before.isWell([CONTROL, CANDIDATE]);
    await before.stop();

    await makeUnreachable(place);
    const follower = await place.start(withSnapshots);
    expect((await follower.noticesTrouble()).served).toEqual([CONTROL, CANDIDATE]);
    await place.operator.killFlag();
    await place.proxy.heal();
    await follower.isWell([CONTROL, CONTROL]);
    await follower.tells(wellAndChanged);
  });

  fault("without a snapshot serves the document's own value, and gets well by itself", {}, async (place) => {
    await place.operator.kill();
    await makeUnreachable(place);
    const source = memorySource(documentOfTheTests());
    const follower = await place.start(({ switches }) => ({ source, switches }));
    expect((await follower.noticesTrouble()).served).toEqual([CANDIDATE, CANDIDATE]);
    await place.proxy.heal();
    await follower.isWell([CONTROL, CANDIDATE]);
    await follower.tells(wellAndChanged);
  });
});

const wellAndChanged = /^READY (STALE )+(CONFIGURATION_CHANGED (STALE )*READY|READY CONFIGURATION_CHANGED)$/;
