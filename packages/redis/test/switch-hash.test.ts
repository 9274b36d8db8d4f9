import type { SwitchState } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../src/message.ts';
import { applyMessage, readStates } from '../src/switch-hash.ts';

const off: SwitchState = { on: false, since: 1, by: 'bob', why: 'prices are wrong' };

describe('the hash of switches', () => {
  it('gives the states of switches and flags, and skips fields of later versions', () => {
    const hash = new Map([
      ['revision', '7'],
      ['switch:a:b\nc', JSON.stringify(off)],
      ['flag:__proto__', JSON.stringify({ ...off, later: true })],
      ['segment:a', 'who knows'],
    ]);
    expect(readStates(hash, 'redis sluice')).toEqual({
      revision: 7,
      switches: new Map([['a:b\nc', off]]),
      flags: new Map([['__proto__', off]]),
    });
    expect(readStates(new Map(), 'redis sluice')).toEqual({ revision: 0, switches: new Map(), flags: new Map() });
  });

  it('names the field that another program spoiled', () => {
    expect(() => readStates(new Map([['switch:a', 'off']]), 'redis sluice')).toThrow(
      'redis sluice, switch:a holds no JSON',
    );
    expect(() => readStates(new Map([['switch:a', '{"on":1}']]), 'redis sluice')).toThrow(
      /^redis sluice: .*switches\.a/,
    );
  });

  it('changes by a message without reaching into the states before', () => {
    const before = { revision: 7, switches: new Map([['a', off]]), flags: new Map() };
    const cleared = readMessage('{"kind":"switches","revision":8,"previous":7,"target":{"switch":"a"},"state":null}');
    const set = readMessage(
      JSON.stringify({ kind: 'switches', revision: 9, previous: 8, target: { flag: 'a' }, state: off }),
    );
    if (cleared === undefined || set === undefined) throw new Error('these are messages');
    const after = applyMessage(before, cleared);
    expect(after).toEqual({ revision: 8, switches: new Map(), flags: new Map() });
    expect(applyMessage(before, set)).toEqual({ ...before, revision: 9, flags: new Map([['a', off]]) });
    expect(before.switches.size).toBe(1);
  });
});
