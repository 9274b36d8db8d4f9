import fc from 'fast-check';
import type { Bucket, Condition, Tests } from '../src/document/condition.ts';
import { bucketingNames } from '../src/document/rollout.ts';

export const unit: fc.Arbitrary<string> = fc.oneof(
  fc.uuid(),
  fc.emailAddress(),
  fc.nat().map((each) => `user-${each}`),
  fc.string({ minLength: 1, unit: 'binary' }),
);

const scalar = fc.oneof(fc.constantFrom('', 'x', 'y', '1', 'true'), fc.integer({ min: -2, max: 3 }), fc.boolean());
const scalars = fc.array(scalar, { minLength: 1, maxLength: 12 });
const strings = fc.oneof(fc.constantFrom('', 'x', 'xy'), fc.array(fc.constantFrom('x', 'y'), { minLength: 1 }));
const small = fc.integer({ min: -2, max: 3 });

const limit = fc.oneof(small, fc.constantFrom('', 'x', '1'));

const operators = {
  is: scalar,
  not: scalar,
  in: scalars,
  notIn: scalars,
  gt: limit,
  gte: limit,
  lt: limit,
  lte: limit,
  startsWith: strings,
  endsWith: strings,
  contains: scalar,
  matches: fc.constantFrom('^x', 'y+', '(a|b)*'),
  semver: fc.constantFrom('>=1.2.0 <2', '^3'),
  before: fc.constantFrom('2026-11-22', '2026-11-22T08:00:00Z'),
  after: fc.constantFrom('2025-01-01'),
  inRange: fc.constantFrom('10.0.0.0/8', '::1'),
  modulo: fc.tuple(fc.constantFrom(2, -3, 0.5), small),
  type: fc.constantFrom('string', 'number', 'boolean', 'list', 'object'),
} as const;

/** Tests of what is there: operators, and conversions that hold tests in turn. */
export const tests: fc.Arbitrary<Tests> = fc.letrec<{ tests: Tests; plain: Tests }>((tie) => ({
  plain: fc.record(operators, { requiredKeys: [] }).filter(isNotEmpty),
  tests: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    tie('plain'),
    fc
      .tuple(
        fc.constantFrom('some', 'asText', 'asLowerCase', 'asNumber', 'asVersion', 'size'),
        tie('tests'),
        fc.oneof(fc.constant({}), fc.record({ is: scalar }), fc.record({ in: scalars })),
      )
      .map(([name, inner, beside]) => ({ ...beside, [name]: inner })),
  ) as fc.Arbitrary<Tests>,
})).tests;

const attributeTests = fc
  .tuple(tests, fc.option(fc.boolean(), { nil: undefined }))
  .map(([each, exists]) => (exists === undefined ? each : { ...each, exists }));

const place = fc.constantFrom(0, 0.1, 0.5, 1, 40, 100);

const bucket: fc.Arbitrary<Bucket> = fc.record(
  {
    bucketing: fc.constantFrom(...bucketingNames),
    unit: fc.constantFrom('conversationId', ['user.id', 'targetingKey'], []),
    salt: fc.constantFrom('', 'salt', 'a'),
    ranges: fc.array(
      fc.tuple(place, place).map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ['salt', 'ranges'] },
);

const attributes = ['plan', 'country', 'age', 'user.plan', 'ip', 'toString'];

const test = fc.oneof(scalar, scalars, attributeTests);

export function within(segments: readonly string[]): fc.Arbitrary<Condition> {
  const leaf = fc.dictionary(fc.constantFrom(...attributes), test, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.array(tie('condition'), { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 2 }).map((any) => ({ any })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 2 }).map((none) => ({ none })),
      tests.map((now) => ({ now })),
      bucket.map((each) => ({ bucket: each })),
      ...(segments.length === 0 ? [] : [fc.constantFrom(...segments).map((inSegment) => ({ inSegment }))]),
    ),
  }));
  return condition;
}

export const condition: fc.Arbitrary<Condition> = within([]);

/** Contexts that meet the conditions above now and then. */
export const context: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    targetingKey: unit,
    conversationId: fc.oneof(unit, fc.integer()),
    plan: scalar,
    country: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    age: fc.oneof(small, fc.constant('1.5.0')),
    ip: fc.constantFrom('10.1.2.3', '::1', 'x'),
    user: fc.record({ id: unit, plan: scalar }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

function isNotEmpty(each: object): boolean {
  return Object.keys(each).length > 0;
}
