import fc from 'fast-check';
import type { Document, Segment, Switch } from '../src/document/document.ts';
import type { Flag, Rule } from '../src/document/flag.ts';
import type { Rollout } from '../src/document/rollout.ts';
import type { JsonValue } from '../src/json.ts';
import { within } from './condition-arbitraries.ts';

/** Names with everything a name may hold: keys that objects have anyway, that look like numbers, that are not ASCII. */
const names = [
  'a',
  'b',
  'c',
  'aa',
  'a-1',
  'toString',
  'constructor',
  '10',
  '9',
  'x.y',
  'é',
  '\uff21',
  '😀',
  'with space',
];
const name: fc.Arbitrary<string> = fc.constantFrom(...names);

export const percentage: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.double({ min: 0, max: 100, noNaN: true }),
);

function rollout(variants: readonly string[]): fc.Arbitrary<Rollout> {
  const split = fc
    .uniqueArray(fc.constantFrom(...variants), { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(fc.constant(chosen), fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 14, maxLength: 14 })),
    )
    .map(([chosen, weights]) => Object.fromEntries(chosen.map((each, index) => [each, weights[index] as number])));
  const stage = fc.option(fc.nat({ max: 9 }), { nil: undefined });
  return fc.oneof(
    fc.record({ percentage, serve: fc.constantFrom(...variants), stage }).map(withoutUndefined<Rollout>),
    fc.record({ percentage, split, stage }).map(withoutUndefined<Rollout>),
  );
}

const payloads: readonly fc.Arbitrary<JsonValue>[] = [
  fc.boolean(),
  fc.string(),
  fc.integer(),
  fc
    .dictionary(fc.constantFrom('first', 'second', 'third'), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>, {
      noNullPrototype: true,
    })
    // A payload may not have the first as a key, and YAML printed by machine may not have the second without quotes.
    .filter((each) => !/"(__proto__|<<)":/.test(JSON.stringify(each))),
];

const variants = fc
  .tuple(fc.constantFrom(...payloads), fc.uniqueArray(name, { minLength: 1, maxLength: 4 }))
  .chain(([payload, chosen]) => fc.tuple(...chosen.map((each) => fc.tuple(fc.constant(each), payload))))
  .map((entries) => Object.fromEntries(entries));

function flag(segments: readonly string[] = [], switches: readonly string[] = []): fc.Arbitrary<Flag> {
  return fc
    .option(variants, { nil: undefined })
    .chain((declared) => {
      const chosen = Object.keys(declared ?? { on: true, off: false });
      const serve = fc.constantFrom(...chosen);
      const rule = fc.oneof(
        fc.record({ when: within(segments), serve }),
        fc.record({ when: within(segments), rollout: rollout(chosen) }),
      ) as fc.Arbitrary<Rule>;
      return fc.record(
        {
          description: fc.string(),
          kind: fc.constantFrom('model', 'prompt', 'tool', 'parameters', 'agent', 'release'),
          risk: fc.constantFrom('low', 'medium', 'high'),
          enabled: fc.boolean(),
          killed: fc.constantFrom(false, false, false, true),
          audience: fc.constantFrom('client', 'server'),
          requires: fc.subarray([...switches]),
          unit: fc.constantFrom('targetingKey', 'conversationId', 'user.id'),
          salt: fc.constantFrom('', 'salt', 'a'),
          bucketing: fc.constant('sluice-1'),
          variants: fc.constant(declared),
          control: declared === undefined ? fc.constant(undefined) : serve,
          rules: fc.array(rule, { maxLength: 3 }),
          rollout: rollout(chosen),
          ramp: fc.constantFrom('auto', { steps: [{ percentage: 1, holdHours: 24 }] }),
        },
        { requiredKeys: ['variants', 'control'] },
      );
    })
    .map((each) => withoutUndefined<Flag>(each));
}

const declaredSwitch = fc.record(
  {
    description: fc.string(),
    enabled: fc.boolean(),
    retryAfterSeconds: fc.nat({ max: 1000 }),
    audience: fc.constantFrom('client', 'server'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Switch>;

/** Documents that the parser accepts. */
export const document: fc.Arbitrary<Document> = fc
  .record({
    switches: fc.dictionary(fc.constantFrom('ai-agent', 'search'), declaredSwitch, { noNullPrototype: true }),
    segments: fc.dictionary(fc.constantFrom('staff', 'constructor'), fc.record({ when: within([]) }), {
      noNullPrototype: true,
    }) as fc.Arbitrary<Record<string, Segment>>,
    metrics: fc.constantFrom({}, { quality: { aggregate: 'mean', better: 'higher', range: [0, 1], margin: '2.5%' } }),
    flagSetId: fc.option(name, { nil: undefined }),
    version: fc.option(name, { nil: undefined }),
  })
  .chain((rest) =>
    fc
      .dictionary(name, flag(Object.keys(rest.segments), Object.keys(rest.switches)), {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      })
      .map((flags) => withoutUndefined<Document>({ sluice: 1, ...rest, flags })),
  );

/** Whatever may be thrown at an evaluation. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withDate: true, withBigInt: true, withMap: true, withSet: true, withSparseArray: true }),
  fc.constant(Symbol('x')),
  fc.constant(() => 1),
  fc.constant(new Date(Number.NaN)),
  fc.constant('x'.repeat(1_000_000)),
  fc.constant('\ud800'),
  fc.constant(
    new Proxy(
      {},
      {
        get() {
          throw new Error('trapped');
        },
        getPrototypeOf() {
          throw new Error('trapped');
        },
      },
    ),
  ),
);

function withoutUndefined<Shape>(value: object): Shape {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Shape;
}
