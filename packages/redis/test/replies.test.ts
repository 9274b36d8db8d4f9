import { describe, expect, it } from 'vitest';
import { readEntries, readHash, readRevision, readText } from '../src/replies.ts';

describe('replies', () => {
  it('have one meaning in whichever shape a client gives them', () => {
    const expected = new Map([
      ['revision', '7'],
      ['__proto__', 'a'],
    ]);
    const object = Object.fromEntries(expected);
    const row = ['revision', '7', '__proto__', 'a'];
    for (const reply of [row, row.map((each) => Buffer.from(each)), new Map(expected), object]) {
      expect(readHash(reply)).toEqual(expected);
    }
    expect(readHash(null)).toEqual(new Map());
    expect(readEntries([[Buffer.from('7-0'), row]])).toEqual([{ id: '7-0', fields: expected }]);
    expect([readText(null), readText(undefined), readText(Buffer.from('é')), readText('')]).toEqual([
      undefined,
      undefined,
      'é',
      '',
    ]);
  });

  it('hold a revision that is a whole number, or none', () => {
    expect([readRevision('7', 'redis'), readRevision(7, 'redis'), readRevision(null, 'redis')]).toEqual([7, 7, 0]);
    for (const reply of ['x', '-1', '1.5', '1e400'])
      expect(() => readRevision(reply, 'redis a')).toThrow(/^redis a holds/);
  });
});
