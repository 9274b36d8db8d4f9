import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../src/conditions/match.ts';
import type { Condition } from '../src/document/condition.ts';
import { condition, context } from './condition-arbitraries.ts';

const none = (): never => expect.fail('named a segment');
const matches = (each: Condition, given: Record<string, unknown>): boolean => compileCondition(each, none)(given);
const missing = fc.constantFrom<Record<string, unknown>>(
  {},
  { a: undefined },
  { a: null },
  { a: () => 'x' },
  { b: 'x' },
);

describe('a condition', () => {
  it('over a missing attribute is false, whatever its operators, but for exists: false', () => {
    const operators: Condition[] = [
      ...['x', 0, false, ''].flatMap((value): Condition[] => [
        { a: value },
        { a: [value] },
        { a: { is: value } },
        { a: { not: value } },
        { a: { in: [value] } },
        { a: { notIn: [value] } },
        { a: { contains: value } },
      ]),
      ...(['gt', 'gte', 'lt', 'lte'] as const).map((name): Condition => ({ a: { [name]: 0 } })),
      ...(['startsWith', 'endsWith', 'matches'] as const).map((name): Condition => ({ a: { [name]: '' } })),
      { a: { semver: '*' } },
      { a: { before: '9999-01-01' } },
      { a: { after: '0001-01-01' } },
      { a: { inRange: '0.0.0.0/0' } },
      ...(['gt', 'gte', 'lt', 'lte'] as const).map((name): Condition => ({ a: { [name]: '' } })),
      { a: { modulo: [1, 0] } },
      ...(['string', 'number', 'boolean', 'list', 'object'] as const).map((type): Condition => ({ a: { type } })),
      ...(['some', 'asText', 'asLowerCase', 'asNumber', 'asVersion', 'size'] as const).flatMap((name): Condition[] => [
        { a: { [name]: { not: 'x' } } },
        { a: { [name]: { notIn: [0] } } },
        { a: { exists: false, [name]: { not: 'x' } } },
      ]),
      { a: { exists: true } },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...operators), missing, (each, given) => {
        expect(matches(each, given)).toBe(false);
        expect(matches({ none: [each] }, given)).toBe(true);
        expect(matches({ a: { exists: false } }, given)).toBe(true);
      }),
    );
  });

  it('of several attributes, or of all, holds where each of them holds; of any where one does; of none where none does', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), context, (conditions, given) => {
        const each = conditions.map((one) => matches(one, given));
        expect(matches({ all: conditions }, given)).toBe(each.every(Boolean));
        expect(matches({ any: conditions }, given)).toBe(each.some(Boolean));
        expect(matches({ none: conditions }, given)).toBe(!each.some(Boolean));
        expect(matches({ all: conditions, none: [{ all: conditions }] }, given)).toBe(false);
      }),
    );
  });

  it('holds its attributes together with its words', () => {
    fc.assert(
      fc.property(condition, condition, context, (one, other, given) => {
        const both = { plan: 'x', any: [one], none: [other] };
        expect(matches(both, given)).toBe(given['plan'] === 'x' && matches(one, given) && !matches(other, given));
      }),
    );
  });

  it('asks a segment by its name, and each of several', () => {
    const segments: Record<string, Condition> = {
      staff: { email: { endsWith: '@acme.com' } },
      paying: { plan: 'pro' },
    };
    const segment = (name: string) => compileCondition(segments[name] ?? {}, none);
    const test = (inSegment: string | string[], given: Record<string, unknown>) =>
      compileCondition({ inSegment }, segment)(given);
    expect(test('staff', { email: 'ada@acme.com' })).toBe(true);
    expect(test('staff', { plan: 'pro' })).toBe(false);
    expect(test(['staff', 'paying'], { plan: 'pro' })).toBe(true);
    expect(test(['staff', 'paying'], {})).toBe(false);
  });

  it('reads a nested attribute by its dotted path, and by its whole name first', () => {
    expect(matches({ 'user.plan': 'pro' }, { user: { plan: 'pro' } })).toBe(true);
    expect(matches({ 'user.plan': 'pro' }, { 'user.plan': 'free', user: { plan: 'pro' } })).toBe(false);
  });

  it('reads a context that holds itself', () => {
    const given: Record<string, unknown> = { plan: 'pro' };
    given['self'] = given;
    expect(matches({ 'self.self.self.plan': 'pro', self: { not: 'x' } }, given)).toBe(true);
  });

  it('asks the clock where the word now is reached, and nowhere else', () => {
    let asked = 0;
    const clock = () => {
      asked++;
      return Date.UTC(2026, 10, 22);
    };
    const spring: Condition = { now: { after: '2026-03-01', before: '2026-06-01' } };
    const autumn: Condition = { now: { after: '2026-09-01' } };
    const segment = (name: string) => compileCondition(name === 'spring' ? spring : autumn, none);
    const test = (each: Condition, given = {}) => {
      asked = 0;
      return [compileCondition(each, segment)(given, clock), asked];
    };
    expect(test({ now: { after: '2026-11-21', before: '2026-11-23' } })).toEqual([true, 1]);
    expect(test({ any: [{ inSegment: 'spring' }, { all: [autumn, { plan: 'pro' }] }] }, { plan: 'pro' })).toEqual([
      true,
      2,
    ]);
    expect(test({ none: [{ inSegment: ['spring', 'autumn'] }] })).toEqual([false, 2]);
    expect(test({ plan: 'pro', country: 'DE', ...autumn }, { plan: 'pro', country: 'DE' })).toEqual([true, 1]);
    expect(test({ plan: 'pro', ...autumn }, { plan: 'free' })).toEqual([false, 0]);
    expect(test({ plan: 'pro', 'user.plan': 'pro', ip: { inRange: '::1' } }, { plan: 'pro' })).toEqual([false, 0]);
  });

  it('on the time is false where nobody tells it, and an attribute named now tells nothing', () => {
    expect(matches({ now: { gte: 0 } }, { now: 1 })).toBe(false);
    expect(matches({ now: { notIn: [0] } }, { now: 1 })).toBe(false);
    expect(matches({ none: [{ now: { gte: 0 } }] }, {})).toBe(true);
    expect(compileCondition({ now: { gte: 0 } }, none)({}, () => Number.NaN)).toBe(false);
  });

  it('reads an attribute once, however many tests it has', () => {
    let read = 0;
    const given = {
      get plan() {
        read++;
        return ['pro', 'team'];
      },
    };
    expect(matches({ plan: { type: 'list', some: { is: 'team' }, size: { gt: 1, lt: 3 } } }, given)).toBe(true);
    expect(read).toBe(1);
  });
});
