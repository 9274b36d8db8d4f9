import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../src/conditions/match.ts';
import type { Condition } from '../src/document/condition.ts';
import { condition, context } from './arbitraries.ts';

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
});
