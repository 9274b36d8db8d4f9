import type { SwitchChange, SwitchStates } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { KnownSwitches } from '../../src/http/known-switches.ts';

const at = (revision: number): SwitchStates => ({ revision, switches: new Map(), flags: new Map() });
const away = new Error('away');

function knowing() {
  const told: SwitchChange[] = [];
  return { told, known: new KnownSwitches((change) => told.push(change)) };
}

describe('KnownSwitches', () => {
  it('tells each newer state, and one that it has no more than once', () => {
    const { told, known } = knowing();
    expect([at(1), at(1), at(2)].map((states) => known.take(states))).toEqual([true, true, true]);
    expect(told).toEqual([{ states: at(1) }, { states: at(2) }]);
  });

  it('takes no older state, neither when all is well nor when it is not', () => {
    const { told, known } = knowing();
    known.take(at(2));
    expect(known.take(at(1))).toBe(false);
    known.fail(away);
    expect(known.take(at(1))).toBe(false);
    expect([known.revision, known.failure]).toEqual([2, away]);
    expect(told).toHaveLength(2);
  });

  it('tells an error once, with the time until which all was well, and the same state again after it', () => {
    const { told, known } = knowing();
    const before = Date.now();
    known.take(at(1));
    known.fail(away);
    known.fail(new Error('away'));
    known.fail(new Error('busy'));
    known.take(at(1));
    const [, first, second, last] = told;
    expect(told).toHaveLength(4);
    expect([first?.error, second?.error?.message, last]).toEqual([away, 'busy', { states: at(1) }]);
    expect(first?.asOf).toBeGreaterThanOrEqual(before);
    expect(second?.asOf).toBe(first?.asOf);
  });

  it('claims no time where it never knew anything', () => {
    const { told, known } = knowing();
    known.fail(away);
    expect(told).toEqual([{ error: away }]);
  });

  it('begins anew where it was made to forget', () => {
    const { told, known } = knowing();
    known.take(at(2));
    known.forget();
    expect(known.take(at(1))).toBe(true);
    expect(told).toHaveLength(2);
  });
});
