import type { Maker } from './generate.ts';
import { PATTERNS } from './literals.ts';
import type { ClauseData, FlagData, Payload, SegmentData } from './payload.ts';

type Oddity = (payload: Payload, maker: Maker) => Payload;

/** Flags and segments that each provoke what ordinary ones do not; each payload gets those of one entry. */
export const oddities: readonly Oddity[] = [
  // Where a document cannot tell names from paths.
  withRules([clause('in', '/address/city', ['Paris', 'Rome'], 'user')], [clause('in', 'geo.city', ['Paris'])]),
  withRules([{ ...clause('contains', '/address/city', ['ar'], 'user'), negate: true }]),
  withRules([clause('in', 'all', ['x'])], [clause('in', '/a.b/c', ['x'], 'user')], [clause('in', '_meta', ['x'])]),
  withRules(
    [clause('in', 'toString', ['x'])],
    [clause('in', '/name/first', ['x'], 'user')],
    [clause('in', '/~1plan', ['x'], 'user')],
    [clause('in', 'privateAttributes', ['x'])],
  ),
  withFlags((maker) => rollout(maker, { bucketBy: '/address/city', contextKind: 'user' })),
  withFlags(
    (maker) => rollout(maker, { bucketBy: 'geo.city' }),
    (maker) => rollout(maker, { bucketBy: 'any' }),
  ),
  // Kinds.
  withRules([clause('in', 'plan', ['pro'], 'org.unit')], [clause('in', 'kind', ['org.unit'])]),
  withRules(
    [clause('startsWith', 'kind', ['o'])],
    [clause('in', 'plan', ['pro'], '')],
    [clause('in', 'plan', ['pro'], 'no kind')],
  ),
  withFlags(
    (maker) => rollout(maker, { contextKind: 'org.unit' }),
    (maker) => rollout(maker, { contextKind: 'no kind' }),
  ),
  withFlags((maker) => ({
    ...plain(maker),
    contextTargets: [{ contextKind: 'org.unit', values: ['a'], variation: 0 }],
  })),
  withSegments({ includedContexts: [{ contextKind: 'org.unit', values: ['a'] }] }),
  withRules(
    [clause('lessThan', 'kind', [3]), clause('in', 'plan', ['pro'], 'multi')],
    [clause('nonsense', 'kind', ['user'])],
  ),
  // Values and operators.
  withRules(
    [clause('before', 'signedUp', ['2021-06-01T12:30:00.5+02:00'])],
    [clause('after', 'signedUp', [0])],
    [clause('contains', 'tags', ['pro', 'p'])],
  ),
  withRules([clause('in', 'tags', [null, 'pro'])], [{ ...clause('in', 'tags', [null]), negate: true }]),
  withRules([clause('nonsense', 'plan', ['pro'])], [{ ...clause('nonsense', 'plan', ['pro']), negate: true }]),
  withRules(...PATTERNS.characters.map((pattern) => [clause('matches', 'plan', [pattern, '^pro'])])),
  withRules(...PATTERNS.unreadable.map((pattern) => [clause('matches', 'plan', [pattern])])),
  withRules(...PATTERNS.never.map((pattern) => [{ ...clause('matches', 'plan', [pattern]), negate: true }])),
  withRules([clause('before', 'signedUp', [1.5])], [clause('after', 'signedUp', [1e17])]),
  // Errors, which are the caller's default.
  withRules([clause('in', '', ['x'])], [clause('in', '//', ['x'], 'user')]),
  withRules(
    [clause('in', 'plan', ['pro']), clause('in', '', ['x'])],
    [clause('in', '', ['x']), clause('in', 'plan', ['free'])],
  ),
  withFlags(
    (maker) => ({ ...plain(maker), offVariation: 9, on: maker.random.chance(0.5) }),
    (maker) => ({ ...plain(maker), fallthrough: {} }),
  ),
  withFlags((maker) => ({ ...plain(maker), fallthrough: { rollout: { variations: [] } } }), noFallthrough),
  withFlags((maker) => ({
    ...plain(maker),
    targets: [
      { values: ['alice', 'bob'], variation: 7 },
      { values: ['bob', '7'], variation: 0 },
    ],
  })),
  withFlags(halfOutOfRange),
  withFlags(halfOutOfRange, (maker) => ({
    ...plain(maker),
    prerequisites: [{ key: 'odd-0', variation: 0 }],
    offVariation: 1,
  })),
  withFlags(
    (maker) => rollout(maker, { bucketBy: '//', contextKind: 'user' }),
    (maker) => rollout(maker, { bucketBy: '~', contextKind: 'user' }),
  ),
  withFlags((maker) => ({
    ...halfOutOfRange(maker),
    prerequisites: [{ key: 'flag-0', variation: 0 }],
    offVariation: 0,
  })),
  withSegments({ rules: [{ clauses: [clause('in', '', ['x'])] }] }),
  withSegments({ rules: [{ clauses: [clause('in', '', ['x']), clause('in', 'plan', ['pro'])] }] }),
  // What asks for what.
  withFlags(
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'unknown', variation: 0 }] }),
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'odd-0', variation: 1 }] }),
  ),
  withFlags((maker) => ({
    ...plain(maker),
    prerequisites: [
      { key: 'flag-0', variation: 0 },
      { key: 'flag-0', variation: 1 },
    ],
  })),
  withFlags(
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'odd-1', variation: 0 }] }),
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'odd-0', variation: 0 }] }),
  ),
  withFlags(
    (maker) => ({ ...plain(maker), variations: ['a', 5] }),
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'odd-0', variation: 0 }] }),
  ),
  withSegments({ rules: [{ clauses: [clause('segmentMatch', '', ['odd-segment'])] }] }),
  withSegments({ unbounded: true, included: ['alice'] }),
  withSegments({ rules: [{ clauses: [clause('matches', 'plan', ['(?=x)'])] }] }),
  // Variations and shapes.
  withFlags(
    (maker) => ({ ...plain(maker), variations: ['a', null, 'b'] }),
    (maker) => ({ ...plain(maker), prerequisites: [{ key: 'odd-0', variation: 1 }] }),
  ),
  withFlags(
    (maker) => ({ ...plain(maker), variations: [] }),
    (maker) => ({ ...plain(maker), variations: [nested(70)] }),
  ),
  withFlags(
    (maker) => ({ ...plain(maker), rules: 'none' }) as unknown as FlagData,
    (maker) => ({ ...plain(maker), key: 'another' }),
  ),
];

function clause(op: string, attribute: string, values: readonly unknown[], contextKind?: string): ClauseData {
  return { attribute, op, values, ...(contextKind !== undefined && { contextKind }) };
}

function plain(maker: Maker): FlagData {
  return {
    ...maker.flag('odd', 0, 0),
    on: true,
    variations: ['a', 'b', 'c'],
    targets: [],
    contextTargets: [],
    offVariation: maker.random.below(2),
  };
}

function rollout(maker: Maker, members: object): FlagData {
  const variations = [0, 1].map((variation) => ({ variation, weight: 50_000 }));
  return { ...plain(maker), fallthrough: { rollout: { variations, ...members } } };
}

function halfOutOfRange(maker: Maker): FlagData {
  const weights = maker.random.pick([
    [30_000, 30_000, 40_000],
    [100, 0, 0],
    [50_000, 60_000, 0],
  ]);
  const indexes = maker.random.pick([
    [0, 9, 1],
    [9, 0, 1],
    [0, 1, 9],
    [9, 8, 7],
  ]);
  const variations = weights.map((weight, index) => ({ weight, variation: indexes[index] as number }));
  return { ...plain(maker), fallthrough: { rollout: { variations } } };
}

function noFallthrough(maker: Maker): FlagData {
  const { fallthrough: _, ...rest } = plain(maker);
  return rest;
}

function nested(depth: number): unknown {
  return depth === 0 ? 'end' : { next: nested(depth - 1) };
}

function withFlags(...makers: readonly ((maker: Maker) => FlagData)[]): Oddity {
  return (payload, maker) => {
    const made = makers.map((make, index) => {
      const flag = make(maker);
      return [`odd-${index}`, { ...flag, key: flag.key === 'odd' ? `odd-${index}` : flag.key }] as const;
    });
    return { ...payload, flags: { ...payload.flags, ...Object.fromEntries(made) } };
  };
}

/** A flag for each list of clauses, which are those of a rule. */
function withRules(...lists: readonly (readonly ClauseData[])[]): Oddity {
  return withFlags(
    ...lists.map((clauses) => (maker: Maker) => ({
      ...plain(maker),
      rules: [{ ...maker.serving(3), id: 'odd', clauses }],
    })),
  );
}

/** A segment, one that holds it, and a flag that asks for both. */
function withSegments(members: Partial<SegmentData>): Oddity {
  const holder: SegmentData = {
    key: 'odd-holder',
    version: 1,
    rules: [{ clauses: [clause('segmentMatch', '', ['odd-segment'])] }],
  };
  return (payload, maker) =>
    withRules([clause('segmentMatch', '', ['odd-holder', 'odd-segment'])])(
      {
        ...payload,
        segments: {
          ...payload.segments,
          'odd-segment': { key: 'odd-segment', version: 1, ...members },
          'odd-holder': holder,
        },
      },
      maker,
    );
}
