import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOperatorName, operators } from '../src/conditions/operators.ts';
import type { Operators } from '../src/document/condition.ts';

type Operand<Name extends keyof typeof operators> = NonNullable<Operators[Name]>;

function holds<Name extends keyof typeof operators>(name: Name, operand: Operand<Name>, value: unknown): boolean {
  return operators[name].compile(operand as never)(value);
}

const text = fc.string({ maxLength: 5 });
const texts = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }));
const notText = fc.anything().filter((each) => typeof each !== 'string');
const scalar = fc.oneof(text, fc.integer(), fc.boolean());
const date = fc.constantFrom('2026-11-22', '1970-01-01T00:00:00Z');

describe('nothing is coerced:', () => {
  it('what is no number is neither greater nor less than one', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.anything().filter((each) => typeof each !== 'number'),
        (operand, value) => {
          for (const name of ['gt', 'gte', 'lt', 'lte'] as const) expect(holds(name, operand, value)).toBe(false);
        },
      ),
    );
    for (const name of ['gt', 'gte', 'lt', 'lte'] as const) expect(holds(name, 0, Number.NaN)).toBe(false);
  });

  it('what is no string is neither before nor after one', () => {
    fc.assert(
      fc.property(text, notText, (operand, value) => {
        for (const name of ['gt', 'gte', 'lt', 'lte'] as const) expect(holds(name, operand, value)).toBe(false);
      }),
    );
  });

  it('what is no number leaves nothing', () => {
    const other = fc.anything().filter((each) => typeof each !== 'number');
    fc.assert(
      fc.property(fc.oneof(other, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)), (value) => {
        expect(holds('modulo', [1, 0], value)).toBe(false);
      }),
    );
  });

  it('what is no string neither begins, ends nor matches, is no version and no address', () => {
    fc.assert(
      fc.property(texts, notText, (operand, value) => {
        expect(holds('startsWith', operand, value)).toBe(false);
        expect(holds('endsWith', operand, value)).toBe(false);
        expect(holds('matches', '', value)).toBe(false);
        expect(holds('semver', '*', value)).toBe(false);
        expect(holds('inRange', ['0.0.0.0/0', '::/0'], value)).toBe(false);
      }),
    );
  });

  it('what is neither string, number nor Date is no instant', () => {
    const other = fc
      .anything()
      .filter((each) => !(typeof each === 'string' || typeof each === 'number' || each instanceof Date));
    fc.assert(
      fc.property(date, other, (operand, value) => {
        expect(holds('before', operand, value) || holds('after', operand, value)).toBe(false);
      }),
    );
  });

  it('a value of another type equals nothing and is one of nothing', () => {
    fc.assert(
      fc.property(scalar, scalar, fc.array(scalar, { maxLength: 12 }), (operand, value, others) => {
        const equal = typeof operand === typeof value && Object.is(operand, value);
        expect(holds('is', operand, value)).toBe(equal);
        expect(holds('not', operand, value)).toBe(!equal);
        const list = [operand, ...others];
        expect(holds('in', list, value)).toBe(list.some((each) => typeof each === typeof value && each === value));
        expect(holds('notIn', list, value)).toBe(!holds('in', list, value));
        expect(holds('contains', operand, [value])).toBe(equal);
      }),
    );
  });
});

describe('an operator', () => {
  it('agrees with JavaScript’s own on strings and numbers', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.double(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (operand, value, number, limit) => {
          expect(holds('startsWith', operand, value)).toBe(value.startsWith(operand));
          expect(holds('endsWith', ['\u0000', operand], value)).toBe(
            value.endsWith(operand) || value.endsWith('\u0000'),
          );
          expect(holds('contains', operand, value)).toBe(value.includes(operand));
          expect([holds('gt', limit, number), holds('gte', limit, number)]).toEqual([number > limit, number >= limit]);
          expect([holds('lt', limit, number), holds('lte', limit, number)]).toEqual([number < limit, number <= limit]);
        },
      ),
    );
  });

  it('has strings in the order of their UTF-16 units, and numbers left over as JavaScript leaves them', () => {
    const strings = fc.string({ maxLength: 3, unit: 'binary' });
    fc.assert(
      fc.property(strings, strings, fc.double(), fc.double({ noNaN: true }), (value, operand, number, divisor) => {
        const [first, second] = [value, operand].sort();
        expect(holds('lt', operand, value)).toBe(value !== operand && first === value);
        expect(holds('gt', operand, value)).toBe(value !== operand && second === value);
        expect(holds('gte', operand, value)).toBe(!holds('lt', operand, value));
        expect(holds('lte', operand, value)).toBe(!holds('gt', operand, value));
        const left = number % divisor;
        expect(holds('modulo', [divisor, left], number)).toBe(!Number.isNaN(left));
      }),
    );
  });

  it('knows one type of whatever JSON can hold, and a Date for an object', () => {
    const types = ['string', 'number', 'boolean', 'list', 'object'] as const;
    const typeOf = (value: unknown) => types.filter((type) => holds('type', type, value));
    fc.assert(
      fc.property(
        fc.jsonValue().filter((each) => each !== null),
        (value) => {
          expect(typeOf(value)).toEqual([Array.isArray(value) ? 'list' : typeof value]);
        },
      ),
    );
    expect([new Date(), new Map(), Object.create(null)].map(typeOf)).toEqual([['object'], ['object'], ['object']]);
    expect([Symbol('x'), 1n].map(typeOf)).toEqual([[], []]);
  });

  it('takes a Date, milliseconds or a text for an instant', () => {
    for (const instant of [
      new Date('2026-11-21T23:59:59.999Z'),
      Date.UTC(2026, 10, 22) - 1,
      '2026-11-22T00:59:59.999+01:00',
    ]) {
      expect(holds('before', '2026-11-22', instant)).toBe(true);
      expect(holds('after', '2026-11-22', instant)).toBe(false);
      expect(holds('after', '2026-11-21', instant)).toBe(true);
    }
    expect(
      holds('before', '2026-11-22', new Date(Number.NaN)) || holds('after', '2026-11-22', new Date(Number.NaN)),
    ).toBe(false);
  });

  it('matches in time that is linear in the text, whatever the pattern', () => {
    const evil = `${'a'.repeat(100_000)}!`;
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '^(.*a){12}$', '(a*)*b'])
      expect(holds('matches', pattern, evil)).toBe(false);
  });

  it('takes an address in no form that others read as another address', () => {
    const block = operators.inRange.compile('10.0.0.0/8');
    for (const value of [
      '10.1',
      '10',
      '012.0.0.1',
      '0xa.0.0.1',
      '167772161',
      ' 10.0.0.1',
      '10.0.0.1 ',
      '10.0.0.0/8',
      '10.0.0.1:80',
    ]) {
      expect(block(value)).toBe(false);
    }
    for (const operand of [
      '10/8',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10.0.0.0/-1',
      '10.0.0.0/ 8',
      '/8',
      '',
      '::/129',
      '::ffff:10.0.0.0/90',
    ]) {
      expect(() => operators.inRange.compile(operand)).toThrow(/is no IP address|has no prefix length/);
    }
  });

  it('has an address in a block as its bits say', () => {
    const octets = fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 255 })));
    const number = (each: readonly number[]) => each.reduce((sum, octet) => sum * 256 + octet, 0);
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), fc.boolean(), (base, address, bits, mapped) => {
        const size = 2 ** (32 - bits);
        const same = Math.floor(number(base) / size) === Math.floor(number(address) / size);
        const block = mapped ? `::ffff:${base.join('.')}/${96 + bits}` : `${base.join('.')}/${bits}`;
        expect(holds('inRange', block, address.join('.'))).toBe(same);
        expect(holds('inRange', block, `::ffff:${address.join('.')}`)).toBe(same);
      }),
    );
  });

  it('keeps no list of the author’s', () => {
    for (const size of [2, 20]) {
      const list = Array.from({ length: size }, (_, index) => `x${index}`);
      const tests = [operators.in.compile(list), operators.startsWith.compile(list)];
      list.splice(0, size, 'y');
      expect(tests.map((test) => test('x1'))).toEqual([true, true]);
      expect(tests.map((test) => test('y'))).toEqual([false, false]);
    }
  });

  it('has a name that is not every object’s', () => {
    expect(isOperatorName('gt')).toBe(true);
    expect(['toString', 'constructor', '__proto__', 'exists', ''].some(isOperatorName)).toBe(false);
  });
});
