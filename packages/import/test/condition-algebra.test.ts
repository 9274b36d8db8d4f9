import { describe, expect, it } from 'vitest';
import { allOf, anyOf, noneOf, together } from '../src/condition-algebra.ts';

describe('conditions together', () => {
  it('are one object as far as no two name the same', () => {
    expect(together([{ a: 1 }, true, { b: 2 }, { a: 3 }, { c: 4, a: 5 }])).toEqual({
      all: [{ a: 1, b: 2 }, { a: 3 }, { c: 4, a: 5 }],
    });
    expect(together([{ a: 1 }, { b: 2 }])).toEqual({ a: 1, b: 2 });
  });

  it('are decided where one of them decides, or nothing is left to ask', () => {
    expect([together([{ a: 1 }, false]), together([]), together([true])]).toEqual([false, true, true]);
    expect([allOf([]), anyOf([]), noneOf(false)]).toEqual([true, false, true]);
    expect([anyOf([{ a: 1 }, true]), allOf([{ a: 1 }, true])]).toEqual([true, { a: 1 }]);
  });
});
