import fc from 'fast-check';
import parse from 'semver/functions/parse.js';
import { describe, expect, it } from 'vitest';
import { compileTests } from '../src/conditions/value-test.ts';
import type { Tests } from '../src/document/condition.ts';
import { tests } from './condition-arbitraries.ts';

const passes = (each: Tests, value: unknown): boolean => compileTests(each)(value);
const there = fc.anything({ withDate: true, withBigInt: true, withMap: true }).filter((each) => each != null);
/** What passes every value that arrives, so that a conversion shows whether anything did. */
const anything: Tests = { notIn: ['\u0000never'] };

function print(value: unknown): string | undefined {
  try {
    return String(value);
  } catch {
    return undefined;
  }
}

describe('a conversion', () => {
  it('holds all of its tests, and stands beside others that must hold too', () => {
    fc.assert(
      fc.property(tests, there, (each, value) => {
        const apart = Object.entries(each).map(([name, operand]) => passes({ [name]: operand }, value));
        expect(passes(each, value)).toBe(apart.every(Boolean));
        expect(passes({ some: each }, [[value]])).toBe(passes(each, [value]));
      }),
    );
  });

  it('some asks each member of a list that is there, and whatever is no list itself', () => {
    const members = fc.array(
      fc.oneof(
        there,
        fc.constantFrom(null, undefined, () => 1),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(tests, members, there, (each, list, single) => {
        const present = list.filter((member) => member != null && typeof member !== 'function');
        expect(passes({ some: each }, list)).toBe(present.some((member) => passes(each, member)));
        if (!Array.isArray(single)) expect(passes({ some: each }, single)).toBe(passes(each, single));
      }),
    );
  });

  it('asText is what JavaScript prints, and asNumber what JavaScript reads in that', () => {
    fc.assert(
      fc.property(tests, there, (each, value) => {
        const text = print(value);
        const number = Number(text);
        expect(passes({ asText: each }, value)).toBe(text !== undefined && passes(each, text));
        expect(passes({ asNumber: each }, value)).toBe(!Number.isNaN(number) && passes(each, number));
      }),
    );
  });

  it('passes nothing of what cannot be printed, and throws nothing', () => {
    const stubborn = {
      toString() {
        throw new Error('trapped');
      },
    };
    for (const value of [stubborn, Object.create(null), [stubborn], { toString: () => ({}), valueOf: () => ({}) }]) {
      for (const name of ['asText', 'asNumber'] as const) expect(passes({ [name]: anything }, value)).toBe(false);
      expect(passes({ some: { asText: anything } }, [value, 'x'])).toBe(true);
    }
    expect(passes({ asText: { is: 'Symbol(x)' } }, Symbol('x'))).toBe(true);
  });

  it('asLowerCase and asVersion take strings, and size takes lists', () => {
    fc.assert(
      fc.property(tests, there, (each, value) => {
        const text = typeof value === 'string';
        expect(passes({ asLowerCase: each }, value)).toBe(text && passes(each, value.toLowerCase()));
        expect(text || !passes({ asVersion: anything }, value)).toBe(true);
        expect(passes({ size: each }, value)).toBe(Array.isArray(value) && passes(each, value.length));
      }),
    );
  });

  it('asVersion leaves a version as it is', () => {
    const number = fc.nat({ max: 99 });
    const tail = fc.constantFrom('', '-rc', '-rc.1', '+7', '-0.x+7.8', ' ', '-', '.1', 'rc', '-01');
    const version = fc.tuple(fc.constantFrom('', 'v', ' ', '='), number, number, number, tail);
    fc.assert(
      fc.property(version, ([head, major, minor, patch, end]) => {
        const text = `${head}${major}.${minor}.${patch}${end}`;
        expect(passes({ asVersion: { is: text } }, text)).toBe(parse(text) !== null);
      }),
    );
  });

  it('asVersion completes what begins as a version, and nothing else', () => {
    const end = fc.constantFrom('', '-rc', '-rc.1', '+7', '-0.x+7.8');
    const numbers = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(numbers, end, (given, tail) => {
        const [major, minor = 0, patch = 0] = given;
        const text = given.join('.') + tail;
        expect(passes({ asVersion: { is: `${major}.${minor}.${patch}${tail}` } }, text)).toBe(true);
      }),
    );
    for (const text of ['', 'x', 'v2', 'V2.0.0', '2.', '.2', '2..0', '2 .0', '2.x', '02', '-2', '２', '2.0.0.0']) {
      expect(passes({ asVersion: anything }, text)).toBe(false);
    }
  });
});
