import { LiveFlags, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { Configuration } from '../src/ofrep/configuration.ts';
import { exampleDocument } from './running-server.ts';

const killed = { on: false, since: 1, by: 'ops', why: 'outage' };

describe('waiting for a tag', () => {
  it('ends at once for one that holds or held, at its change for one to come, and in time for one that never comes', async () => {
    const switches = memorySwitches();
    const live = new LiveFlags(memorySource(exampleDocument), { switches }, () => configuration.refresh());
    const configuration = new Configuration(live, 'server');
    expect(configuration.tag).toBeUndefined();
    await live.start();
    const before = configuration.tag ?? '';
    const forever = 2 ** 30;
    await configuration.reached(before, forever);
    await switches.set({ switch: 'ai-agent' }, killed);
    const later = configuration.tag ?? '';
    expect(later).not.toBe(before);
    await configuration.reached(before, forever);
    await configuration.reached('never', 1);

    const fresh = new Configuration(live, 'server');
    await switches.clear({ switch: 'ai-agent' }, { by: 'ops', why: 'over' });
    const waiting = fresh.reached(later, forever);
    await switches.set({ switch: 'ai-agent' }, killed);
    fresh.refresh();
    await waiting;
    await live.close();
  });
});
