import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../src/bucketing/canonical.ts';
import { fingerprint } from '../src/evaluation/fingerprint.ts';
import { turned } from './turned.ts';

describe('fingerprint', () => {
  it('is sixteen hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprint(value)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
  });

  it('is the same for every order of keys, and another for every other value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        expect(fingerprint(turned(value))).toBe(fingerprint(value));
        expect(fingerprint(other) === fingerprint(value)).toBe(canonicalJson(other) === canonicalJson(value));
      }),
    );
  });

  it.each([
    [1, '1'],
    [true, 'true'],
    [null, 'null'],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [
      [[1], 2],
      [1, [2]],
    ],
    [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    [{ a: { b: 1 } }, { a: {}, b: 1 }],
    [{ a: null }, {}],
  ])('tells %j from %j', (one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(fingerprint({ a: undefined, b: -0 })).toBe(fingerprint({ b: 0 }));
  });
});
