import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwitchState, SwitchStates } from '../src/contracts/switches.ts';
import { noSwitches, readSwitchStates, writeSwitchStates } from '../src/switches/switch-states.ts';

const whole = fc.maxSafeNat();
const state = fc.record(
  { on: fc.boolean(), since: whole, by: fc.string(), why: fc.string(), retryAfterSeconds: whole, expiresAt: whole },
  { requiredKeys: ['on', 'since', 'by', 'why'] },
) as fc.Arbitrary<SwitchState>;
const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '1'));
const byName = fc.array(fc.tuple(name, state)).map((entries) => new Map(entries));
const states: fc.Arbitrary<SwitchStates> = fc.record({ revision: whole, switches: byName, flags: byName });

const killed = { on: false, since: 1, by: 'ada', why: 'wrong answers' };

describe('switch states', () => {
  it('are the same after they were written as JSON and read again, whatever anything is called', () => {
    fc.assert(
      fc.property(states, (each) => {
        expect(readSwitchStates(writeSwitchStates(each))).toEqual(each);
        expect(readSwitchStates(JSON.parse(JSON.stringify(writeSwitchStates(each))))).toEqual(each);
      }),
    );
  });

  it('are read without what is not known', () => {
    const written = { revision: 1, at: 2, switches: { s: { ...killed, mood: 'bad' } }, flags: {}, more: [] };
    expect(readSwitchStates(written)).toEqual({ revision: 1, switches: new Map([['s', killed]]), flags: new Map() });
  });

  it('are none at first', () => {
    expect(readSwitchStates({ revision: 0, switches: {}, flags: {} })).toEqual(noSwitches);
  });

  it.each<[unknown, string]>([
    [null, 'they have to be an object, not null'],
    [[], 'they have to be an object, not a list'],
    [{ revision: '1', switches: {}, flags: {} }, 'revision has to be a whole number of at least 0, not "1"'],
    [{ revision: 1.5, switches: {}, flags: {} }, 'revision has to be a whole number of at least 0, not 1.5'],
    [{ revision: -1, switches: {}, flags: {} }, 'revision has to be a whole number of at least 0, not -1'],
    [{ revision: 1, flags: {} }, 'switches has to be an object, not nothing'],
    [{ revision: 1, switches: {}, flags: [] }, 'flags has to be an object, not a list'],
    [{ revision: 1, switches: { s: 'off' }, flags: {} }, 'switches.s has to be an object, not "off"'],
    [
      { revision: 1, switches: {}, flags: { 'a b': { ...killed, on: 'no' } } },
      'flags["a b"].on has to be true or false, not "no"',
    ],
    [
      { revision: 1, switches: { s: { on: false, since: 1, by: 'ada' } }, flags: {} },
      'switches.s.why has to be a string, not nothing',
    ],
    [
      { revision: 1, switches: { s: { ...killed, expiresAt: '2030' } }, flags: {} },
      'switches.s.expiresAt has to be a whole number of at least 0, not "2030"',
    ],
    [
      { revision: 1, switches: { s: { ...killed, retryAfterSeconds: null } }, flags: {} },
      'switches.s.retryAfterSeconds has to be a whole number of at least 0, not null',
    ],
  ])('refuse %j: %s', (value, message) => {
    expect(() => readSwitchStates(value)).toThrow(message);
  });

  it('tell all that is wrong at once', () => {
    expect(() => readSwitchStates({ revision: 1 })).toThrow('switches has to be an object, not nothing; flags has');
  });
});
