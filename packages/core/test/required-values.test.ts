import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeReader } from '../src/conditions/attribute.ts';
import { compileCondition } from '../src/conditions/match.ts';
import { type RequiredValues, requiredValues } from '../src/conditions/required-values.ts';
import type { Condition, Scalar } from '../src/document/condition.ts';
import { condition, context } from './condition-arbitraries.ts';

const none = (): never => expect.fail('named a segment');

function holds({ attribute, values, conversion }: RequiredValues, given: Record<string, unknown>): boolean {
  const value = attributeReader(attribute)(given);
  const found: readonly unknown[] = values;
  if (conversion === 'asText') return value !== undefined && found.includes(String(value));
  if (conversion === 'some' && Array.isArray(value)) return value.some((member) => found.includes(member));
  return found.includes(value);
}

const scalar = fc.constantFrom<Scalar>('x', '1', 1, true, '');
const scalars = fc.array(scalar, { minLength: 1, maxLength: 3 });
const operators = fc.oneof(
  scalar.map((is) => ({ is })),
  scalars.map((each) => ({ in: each, type: 'string' as const })),
  fc.tuple(scalar, scalars).map(([is, each]) => ({ is, in: each })),
  scalars.map((each) => ({ in: each })),
);
const test = fc.oneof(
  scalar,
  scalars,
  operators,
  ...(['some', 'asText', 'asLowerCase', 'asNumber'] as const).map((name) =>
    operators.map((each) => ({ [name]: each, not: 'y' })),
  ),
);
const aimed = fc
  .tuple(fc.constantFrom('a', 'b.c'), test)
  .map(([attribute, each]): Condition => ({ [attribute]: each }));
const value = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.array(scalar)), { maxLength: 2 }), fc.constant(null));
const aimedAt = fc.record({ a: value, b: fc.record({ c: value }) });

describe('the values that a condition requires', () => {
  it('are there whenever it matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(
        fc.array(aimed, { minLength: 1, maxLength: 2 }),
        aimedAt,
        condition,
        context,
        (all, given, any, other) => {
          for (const [each, into] of [
            ...[...all, { all }].map((one) => [one, given] as const),
            [any, other] as const,
          ]) {
            const required = requiredValues(each);
            if (required.length === 0 || !compileCondition(each, none)(into)) continue;
            matched++;
            expect(required.filter((one) => !holds(one, into))).toEqual([]);
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(matched).toBeGreaterThan(50);
  });

  it.each<[Condition, readonly RequiredValues[]]>([
    [{ a: 'x' }, [{ attribute: 'a', values: ['x'], conversion: 'none' }]],
    [{ a: ['x', 1] }, [{ attribute: 'a', values: ['x', 1], conversion: 'none' }]],
    [{ a: { is: false } }, [{ attribute: 'a', values: [false], conversion: 'none' }]],
    [{ a: { in: ['x'], gt: 1 } }, [{ attribute: 'a', values: ['x'], conversion: 'none' }]],
    [{ a: { asText: { is: '1' } } }, [{ attribute: 'a', values: ['1'], conversion: 'asText' }]],
    [{ a: { some: { in: ['x', 'y'] } } }, [{ attribute: 'a', values: ['x', 'y'], conversion: 'some' }]],
    [
      { 'a.b': 1, all: [{ all: [{ c: 2 }] }, { any: [{ d: 3 }] }], any: [{ e: 4 }] },
      [
        { attribute: 'a.b', values: [1], conversion: 'none' },
        { attribute: 'c', values: [2], conversion: 'none' },
      ],
    ],
    [{ now: { is: 1 }, bucket: { salt: 's', ranges: [[0, 1]] } }, []],
    [{ inSegment: 'staff', none: [{ a: 1 }] }, []],
    [{ a: { not: 'x', notIn: ['y'], exists: true } }, []],
    [{ a: { some: { asText: { is: '1' } }, asLowerCase: { is: 'x' }, size: { is: 1 } } }, []],
  ])('of %j are found', (each, required) => {
    expect(requiredValues(each)).toEqual(required);
  });
});
