import { switchSuite } from '@sluice/conformance';
import type { SwitchChange } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { memorySwitches } from '../src/memory-switches.ts';
import { off } from './switchable-store.ts';

const ann = { by: 'ann', why: 'it answers again' };

switchSuite(
  { describe, it },
  {
    name: 'memorySwitches',
    create: () => ({ store: memorySwitches() }),
    without: { sharing: 'it is known in its own process only', interruption: 'memory is always within reach' },
  },
);

describe('memorySwitches', () => {
  it('begins with nothing set, at revision 0', async () => {
    expect(await memorySwitches().read()).toEqual({ revision: 0, switches: new Map(), flags: new Map() });
  });

  it('tells everybody who watches before the change resolves', async () => {
    const switches = memorySwitches();
    const told: (SwitchChange | string)[] = [];
    switches.watch((change) => told.push(change));
    switches.watch(() => told.push('second'));
    const revision = await switches.set({ switch: 'agent' }, off());
    expect(told).toEqual([{ states: { revision, switches: new Map([['agent', off()]]), flags: new Map() } }, 'second']);
  });

  it('keeps a state that expires until it is cleared, and grows in revision with each change', async () => {
    const switches = memorySwitches();
    const first = await switches.set({ flag: 'model' }, off({ expiresAt: 1 }));
    const second = await switches.set({ flag: 'model' }, off({ expiresAt: 1 }));
    expect(second).toBeGreaterThan(first);
    expect((await switches.read()).flags.get('model')).toMatchObject({ expiresAt: 1 });
    expect(await switches.clear({ flag: 'model' }, ann)).toBeGreaterThan(second);
    expect((await switches.read()).flags.size).toBe(0);
  });

  it('lists every change with who made it and why, newest first', async () => {
    const switches = memorySwitches();
    const first = await switches.set({ switch: 'agent' }, off());
    const second = await switches.clear({ switch: 'agent' }, ann);
    const target = { switch: 'agent' };
    const at = expect.any(Number);
    const cleared = { action: 'switch', at, ...ann, target, state: null, revision: second };
    const killed = { action: 'switch', at, by: 'ann', why: 'it lies', target, state: off(), revision: first };
    expect(await switches.audit(10)).toEqual([cleared, killed]);
    expect(await switches.audit(1)).toEqual([cleared]);
    expect(await switches.audit(0)).toEqual([]);
  });

  it('keeps nothing of a state that no reader would accept', async () => {
    const switches = memorySwitches();
    await expect(switches.set({ switch: 'agent' }, off({ retryAfterSeconds: -1 }))).rejects.toThrow(
      'retryAfterSeconds',
    );
    expect(await switches.read()).toMatchObject({ revision: 0, switches: new Map() });
    expect(await switches.audit(1)).toEqual([]);
  });

  it('keeps what was set, whatever becomes of the object', async () => {
    const switches = memorySwitches();
    const state = { ...off() };
    await switches.set({ switch: 'agent' }, state);
    state.on = true;
    expect((await switches.read()).switches.get('agent')).toMatchObject({ on: false });
  });
});
