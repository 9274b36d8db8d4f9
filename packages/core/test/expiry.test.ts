import { describe, expect, it } from 'vitest';
import type { SwitchState, SwitchStates } from '../src/contracts/switches.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { unexpired } from '../src/evaluation/expiry.ts';
import type { Situation } from '../src/evaluation/situation.ts';
import { compiled } from './compiled.ts';

const state = (on: boolean, expiresAt?: number): SwitchState => ({
  on,
  since: 1,
  by: 'ada',
  why: '',
  ...(expiresAt === undefined ? {} : { expiresAt }),
});
const situation = (
  switches: Record<string, SwitchState>,
  flags: Record<string, SwitchState>,
  now?: () => number,
): Situation => ({
  switches: { switches: new Map(Object.entries(switches)), flags: new Map(Object.entries(flags)) },
  ...(now && { now }),
});

const flags = compiled({
  switches: { s: {}, off: { enabled: false } },
  flags: {
    guarded: { requires: ['s'], rollout: { percentage: 100, serve: 'on' } },
    stopped: { requires: ['off'], rollout: { percentage: 100, serve: 'on' } },
    single: { rollout: { percentage: 100, serve: 'on' } },
    dead: { killed: true, rollout: { percentage: 100, serve: 'on' } },
  },
});
const value = (key: string, each: Situation): unknown => evaluate(flags, key, {}, each).value;

describe('a switch state that expires', () => {
  const states = [
    { s: state(false, 100), off: state(true, 100), loose: state(false, 100) },
    { single: state(false, 100), dead: state(true, 100) },
  ] as const;
  const expected = { s: false, guarded: false, off: true, stopped: true, single: false, dead: true, loose: false };

  it.each(Object.entries(expected))('counts until then for %s, and from then on the document does', (key, during) => {
    expect(
      value(
        key,
        situation(...states, () => 99),
      ),
    ).toBe(during);
    const after = key === 'loose' ? undefined : !during;
    expect(
      value(
        key,
        situation(...states, () => 100),
      ),
    ).toBe(after);
  });

  it('counts for ever where no time is known', () => {
    for (const [key, during] of Object.entries(expected)) expect(value(key, situation(...states))).toBe(during);
  });

  it('is no switch any more where the document declares none', () => {
    const { errorCode } = evaluate(
      flags,
      'loose',
      {},
      situation(...states, () => 100),
    );
    expect(errorCode).toBe('FLAG_NOT_FOUND');
  });

  it('alone asks for the time', () => {
    const asked: string[] = [];
    const lasting = situation({ s: state(true), off: state(true) }, { single: state(true), dead: state(true) }, () => {
      throw new Error('asked');
    });
    for (const key of Object.keys(expected)) if (key !== 'loose') expect(value(key, lasting)).toBe(true);
    const expiring = situation({ s: state(false, 100) }, {}, () => asked.push('now'));
    value('single', expiring);
    expect(asked).toEqual([]);
    value('guarded', expiring);
    expect(asked).toEqual(['now']);
  });
});

describe('unexpired', () => {
  const states: SwitchStates = {
    revision: 7,
    switches: new Map([
      ['a', state(false, 100)],
      ['b', state(false)],
    ]),
    flags: new Map([['c', state(false, 200)]]),
  };

  it('leaves out what has expired', () => {
    expect(unexpired(states, 100)).toEqual({ ...states, switches: new Map([['b', state(false)]]) });
    expect(unexpired(states, 200)).toEqual({ ...states, switches: new Map([['b', state(false)]]), flags: new Map() });
  });

  it('gives back the same states where nothing has', () => {
    expect(unexpired(states, 99)).toBe(states);
  });
});
