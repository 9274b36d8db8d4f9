import type { Condition, Context, Document, Flag, Rollout, Rule, Tests } from '@sluice/core';
import fc from 'fast-check';

const text = fc.constantFrom('DE', 'pro', '', '5', 'é', 'null', 'true', '@acme.com');
const number = fc.constantFrom(0, 1, 5, -2.5, 18);
const scalar = fc.oneof(text, number, fc.boolean());
const VERSIONS = ['1.2.3', '2.0.0-beta.1', '0.1.0', '10.20.30'];

const order = fc.constantFrom<keyof Tests>('gt', 'gte', 'lt', 'lte');

/** Tests that flagd has, and now and then one that it has not. */
const textTests: fc.Arbitrary<Tests> = fc.oneof(
  fc.record({ is: text }),
  fc.record({ not: text }),
  fc.record({ in: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ notIn: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ startsWith: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 2 })) }),
  fc.record({ endsWith: text }),
  fc.record({ contains: text }),
  fc.tuple(order, text).map(([name, limit]): Tests => ({ [name]: limit })),
  fc.constantFrom<Tests>({ type: 'string' }, { type: 'boolean' }, { exists: true }, { exists: false }),
  fc.record({ exists: fc.constant(true), not: text }),
);

const numberTests: fc.Arbitrary<Tests> = fc.oneof(
  fc.tuple(order, number).map(([name, limit]): Tests => ({ [name]: limit })),
  fc.tuple(number, number).map(([gte, lt]): Tests => ({ gte, lt })),
  fc.tuple(order, number).map(([name, limit]): Tests => ({ asNumber: { [name]: limit } })),
  fc.record({ asNumber: fc.oneof(fc.record({ is: number }), fc.record({ not: number })) }),
  fc.record({ modulo: fc.tuple(fc.constantFrom(2, 3), fc.constantFrom(0, 1)) }) as fc.Arbitrary<Tests>,
  fc.record({ is: number }),
);

const versionTests: fc.Arbitrary<Tests> = fc
  .tuple(fc.constantFrom('', '=', '<', '<=', '>', '>='), fc.constantFrom(...VERSIONS), fc.boolean())
  .map(([relation, version, or]) => ({ semver: `${relation}${version}${or ? ' || >=9.0.0 <10.0.0-0' : ''}` }));

const unsaid: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { country: { matches: '^D' } },
  { country: { asLowerCase: { is: 'de' } } },
  { age: { type: 'number' } },
  { version: { semver: '^1.2' } },
  { bucket: { salt: 'x', ranges: [[0, 0.5]] } },
  { '$flagd.flagKey': 'x' },
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      country: fc.oneof(
        text,
        textTests,
        textTests.filter((each) => each.exists === undefined).map((asText) => ({ asText })),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ age: numberTests }) },
  { weight: 1, arbitrary: fc.record({ beta: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ 'user.tier': fc.oneof(text, textTests) }) },
  { weight: 1, arbitrary: fc.record({ version: versionTests }) },
  { weight: 1, arbitrary: fc.record({ country: text, age: number }) },
  { weight: 1, arbitrary: fc.record({ inSegment: fc.constantFrom('staff', 'late', ['staff', 'ü']) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Condition>(
      { now: { before: '2020-01-01' } },
      { now: { after: '2020-01-01' } },
      { now: { gte: 1_500_000_000_000, lt: 4_000_000_000_000 } },
      { now: { lt: 4_000_000_000_500 } },
    ),
  },
  { weight: 1, arbitrary: unsaid },
) as fc.Arbitrary<Condition>;

const condition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ none: fc.array(tie('condition'), { minLength: 1, maxLength: 2 }) }),
  ) as fc.Arbitrary<Condition>,
})).condition;

const variant = fc.constantFrom('a', 'b', 'c');

const own: fc.Arbitrary<Rollout> = fc.oneof(
  fc
    .tuple(
      fc.array(fc.record({ variant, weight: fc.nat({ max: 100 }) }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom({}, { salt: 'sält' }, { unit: 'email' }, { salt: '', unit: 'email' }),
    )
    .map(([split, place]) => ({ bucketing: 'flagd-2' as const, percentage: 100, split, ...place })),
  fc.record({ bucketing: fc.constant('flagd-2' as const), percentage: fc.constant(100), serve: variant }),
);

const rollout: fc.Arbitrary<Rollout> = fc.oneof(
  { weight: 4, arbitrary: own },
  { weight: 2, arbitrary: fc.record({ percentage: fc.constantFrom(0, 100), serve: variant }) },
  { weight: 1, arbitrary: fc.record({ percentage: fc.constantFrom(1, 33.3, 50), serve: variant }) },
  { weight: 1, arbitrary: fc.record({ percentage: fc.constant(100), split: fc.constant({ a: 1, b: 2 }) }) },
  {
    weight: 1,
    arbitrary: fc.constant<Rollout>({ bucketing: 'unleash-1', percentage: 50, serve: 'b' }),
  },
);

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ when: condition, serve: variant }),
  fc.record({ when: condition, rollout }),
  fc.record({ when: condition, rollout, otherwise: fc.constant('next' as const) }),
);

const rare = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { freq: 8, nil: undefined }).map((value) => value ?? undefined);

const sometimes = <Value>(value: Value): fc.Arbitrary<Value | undefined> =>
  fc.integer({ min: 0, max: 11 }).map((drawn) => (drawn === 0 ? value : undefined));

const flag = (listed: boolean): fc.Arbitrary<Flag> =>
  fc
    .record({
      variants: fc.constantFrom<Flag['variants']>(
        { a: 'A', b: 'B', c: 'C' },
        { a: 1, b: 2, c: 3 },
        { a: {}, b: { x: 1 }, c: { y: [1] } },
        ...(listed ? [{ a: {}, b: [1], c: [] }] : []),
      ),
      control: fc.constantFrom('a', 'b', null),
      enabled: sometimes(false),
      whenDisabled: sometimes('c'),
      risk: sometimes('high' as const),
      requires: fc.oneof(sometimes(['on']), sometimes(['off'])),
      prerequisites: sometimes({ first: ['a'] }),
      holdout: sometimes('kept'),
      sticky: sometimes(true),
      salt: sometimes('own-salt'),
      targets: rare(fc.constant({ b: ['user-1', 5], c: ['007', 'é'] })),
      rules: fc.array(rule, { maxLength: 3 }),
      rollout: fc.option(rollout, { nil: undefined }),
    })
    .map(withoutUndefined<Flag>);

/** Documents that flagd can say most of. */
export const documents: fc.Arbitrary<Document> = fc
  .record({ first: flag(false), second: flag(true), third: condition, segment: condition })
  .map(({ first, second, third, segment }): Document => {
    const { prerequisites: _, ...parent } = first;
    return {
      sluice: 1,
      flagSetId: 'set',
      version: '3',
      switches: { on: {}, off: { enabled: false } },
      holdouts: { kept: { percentage: 10 } },
      segments: {
        staff: { when: withoutSegments(segment) },
        late: { when: { any: [{ inSegment: 'staff' }, withoutSegments(third)] } },
        ü: { when: { country: 'DE' } },
      },
      flags: { first: parent, second },
    };
  });

export const contexts: fc.Arbitrary<Context> = fc
  .record(
    {
      targetingKey: fc.oneof(fc.uuid(), fc.constantFrom<unknown>('user-1', 'é', '😀', '', '5', 5, 0, '007', null)),
      email: fc.oneof(fc.emailAddress(), fc.constantFrom<unknown>('', 0, 7, null, 'x')),
      country: fc.oneof(text, text, scalar, fc.constantFrom<unknown>(null, ['DE'], ['pro', 'x'], [], {})),
      age: fc.oneof(
        number,
        number,
        fc.integer({ min: -3, max: 20 }),
        fc.constantFrom<unknown>('18', 'x', null, true, []),
      ),
      beta: fc.oneof(fc.boolean(), scalar),
      user: fc.oneof(fc.record({ tier: scalar }), fc.constantFrom<unknown>('x', null, [], {})),
      'user.tier': fc.constant('flat'),
      version: fc.constantFrom<unknown>(...VERSIONS, '1.2', 'v1.2.3', 'V1.2.3', 2, 'x', '1.2.3+b', null),
    },
    { requiredKeys: [] },
  )
  .chain((context) => fc.boolean().map((flat) => (flat ? context : withoutFlat(context))));

function withoutFlat(context: Context): Context {
  const { 'user.tier': _, ...rest } = context;
  return rest;
}

function withoutSegments(condition: Condition): Condition {
  return JSON.stringify(condition).includes('inSegment') ? { beta: true } : condition;
}

function withoutUndefined<Shape>(value: object): Shape {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Shape;
}
