import { inCondition, inFlag, inRollout, inRule, nested, ROLLOUT, type Row, two, WHEN } from './row.ts';

/** Twenty members, each made of the names of the two before: there are thousands of ways from the last to the first. */
function fibonacci<Member>(make: (before: readonly string[]) => Member): Readonly<Record<string, Member>> {
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  return Object.fromEntries(names.map((name, index) => [name, make(names.slice(Math.max(0, index - 2), index))]));
}

/** What no schema sees. */
export const brokenReference: readonly Row[] = [
  [
    'a control that is not declared',
    inFlag({ ...two, control: 'c' }),
    ['flags', 'f', 'control'],
    '"c" is not a declared variant; declared are a, b',
  ],
  [
    'a control with a name that every object has',
    inFlag({ ...two, control: 'constructor' }),
    ['flags', 'f', 'control'],
    '"constructor" is not a declared variant; declared are a, b',
  ],
  [
    'a control of a boolean flag that is not there',
    inFlag({ control: 'no' }),
    ['flags', 'f', 'control'],
    'declared are on, off',
  ],
  [
    'variants of two types',
    inFlag({ variants: { a: 'A', b: 2 }, control: 'a' }),
    ['flags', 'f', 'variants', 'b'],
    'is of type number, and a is of type string; variants of one flag have one type',
  ],
  [
    'a switch that is not declared',
    inFlag({ requires: ['ai'] }),
    ['flags', 'f', 'requires', 0],
    '"ai" is not a declared switch; there are none',
  ],
  [
    'a served variant that is not declared',
    inRule({ when: { a: 1 }, serve: 'yes' }),
    ['flags', 'f', 'rules', 0, 'serve'],
    '"yes" is not a declared variant; declared are on, off',
  ],
  [
    'a rolled out variant that is not declared',
    inRollout({ percentage: 1, serve: 'c' }),
    [...ROLLOUT, 'serve'],
    '"c" is not a declared variant; declared are a, b',
  ],
  [
    'a split over a variant that is not declared',
    inRollout({ percentage: 1, split: { a: 1, c: 1 } }),
    [...ROLLOUT, 'split', 'c'],
    '"c" is not a declared variant',
  ],
  [
    'a segment that is not declared',
    inCondition({ any: [{ inSegment: ['staff'] }] }),
    [...WHEN, 'any', 0, 'inSegment', 0],
    '"staff" is not a declared segment; there are none',
  ],
  [
    'a flag with the name of a switch',
    { sluice: 1, switches: { f: {} }, flags: { f: {} } },
    ['flags', 'f'],
    'has the name of a switch; both resolve by name, so rename one',
  ],
  [
    'two rules of one name',
    inFlag({
      rules: [
        { name: 'r', when: { a: 1 }, serve: 'on' },
        { name: 'r', when: { a: 2 }, serve: 'on' },
      ],
    }),
    ['flags', 'f', 'rules', 1, 'name'],
    '"r" is the name of an earlier rule too; rename one',
  ],
  [
    'a rule with the name that another has by its place',
    inFlag({
      rules: [
        { when: { a: 1 }, serve: 'on' },
        { name: 'rule-1', when: { a: 2 }, serve: 'on' },
      ],
    }),
    ['flags', 'f', 'rules', 1, 'name'],
    '"rule-1" is the name of an earlier rule too',
  ],
  [
    'a split of zeros',
    inRollout({ percentage: 1, split: { a: 0, b: 0 } }),
    [...ROLLOUT, 'split'],
    'has only weights of 0, so nobody could get anything; give one a weight',
  ],
  [
    'a segment that holds itself',
    { sluice: 1, segments: { a: { when: { inSegment: 'b' } }, b: { when: { any: [{ inSegment: 'a' }] } } } },
    ['segments', 'a'],
    'holds itself: a → b → a; take one of them out',
  ],
  [
    'a chain of segments',
    {
      sluice: 1,
      segments: Object.fromEntries(
        Array.from({ length: 34 }, (_, index) => [
          `s${index}`,
          { when: index === 33 ? { a: 1 } : { inSegment: `s${index + 1}` } },
        ]),
      ),
    },
    ['segments', 's32'],
    'names segments more than 32 deep; write some of them out',
  ],
  [
    'segments that each name the two before',
    { sluice: 1, segments: fibonacci((names) => ({ when: names.length === 0 ? { a: 1 } : { inSegment: names } })) },
    ['segments', 'n18'],
    'names segments more than 10000 times over; write some of them out',
  ],
  [
    'a pattern that is none',
    inCondition({ a: { matches: '(' } }),
    [...WHEN, 'a', 'matches'],
    'matches takes an RE2 pattern: ',
  ],
  [
    'a pattern with a look-ahead, which RE2 has not',
    inCondition({ a: { matches: '(?=x)' } }),
    [...WHEN, 'a', 'matches'],
    'matches takes an RE2 pattern: ',
  ],
  [
    'a version range that is none',
    inCondition({ a: { semver: 'latest' } }),
    [...WHEN, 'a', 'semver'],
    'semver takes a semantic version range, such as ">=1.2.0 <2": ',
  ],
  [
    'a date that is none',
    inCondition({ a: { before: '2026-02-30' } }),
    [...WHEN, 'a', 'before'],
    'before takes an RFC 3339 date or date-time, such as "2026-11-22" or "2026-11-22T08:00:00Z": "2026-02-30" is no',
  ],
  [
    'an address that is none',
    inCondition({ a: { inRange: '10.0.0' } }),
    [...WHEN, 'a', 'inRange'],
    'inRange takes a CIDR block or an IP address, or a list of them: "10.0.0" is no IP address',
  ],
  [
    'a block that is too narrow',
    inCondition({ a: { inRange: ['10.0.0.0/33'] } }),
    [...WHEN, 'a', 'inRange'],
    '"10.0.0.0/33" has no prefix length from 0 to 32',
  ],
  [
    'a range turned round',
    { sluice: 1, metrics: { m: { aggregate: 'mean', better: 'lower', range: [1, 0] } } },
    ['metrics', 'm', 'range'],
    'has to name the smaller end first',
  ],
  [
    'a condition without end',
    inCondition(nested(40, (inner) => ({ all: [inner] }), { a: 1 })),
    [...WHEN, ...Array(33).fill(['all', 0]).flat()],
    'is nested deeper than 32 conditions; name a part of it as a segment',
  ],
  [
    'conversions without end',
    inCondition({ a: nested(40, (inner) => ({ some: inner }), { is: 1 }) }),
    [...WHEN, 'a', ...Array(33).fill('some')],
    'is nested deeper than 32 conversions; take some of them out',
  ],
  [
    'a pattern without meaning after a conversion',
    inCondition({ a: { asText: { matches: '(' } } }),
    [...WHEN, 'a', 'asText', 'matches'],
    'matches takes an RE2 pattern',
  ],
  [
    'a bucket turned round',
    inCondition({ bucket: { salt: 's', ranges: [[0.5, 0.2]] } }),
    [...WHEN, 'bucket', 'ranges', 0],
    'ends at 0.2, before it begins; turn it round',
  ],
  [
    'a payload without end',
    inFlag({ variants: { a: nested(70, (inner) => [inner], 1) }, control: 'a' }),
    ['flags', 'f', 'variants', 'a', ...Array(65).fill(0)],
    'is nested deeper than 64 levels; make it flatter',
  ],
  [
    'a whenDisabled that is not declared',
    inFlag({ ...two, whenDisabled: 'c' }),
    ['flags', 'f', 'whenDisabled'],
    '"c" is not a declared variant; declared are a, b',
  ],
  [
    'a prerequisite that is not declared',
    inFlag({ prerequisites: { g: ['on'] } }),
    ['flags', 'f', 'prerequisites', 'g'],
    '"g" is not a declared flag; declared are f',
  ],
  [
    'a variant that the prerequisite does not have',
    { sluice: 1, flags: { f: { prerequisites: { g: ['on', 'yes'] } }, g: {} } },
    ['flags', 'f', 'prerequisites', 'g', 1],
    '"yes" is not a declared variant of g; declared are on, off',
  ],
  [
    'flags that ask for each other',
    { sluice: 1, flags: { f: { prerequisites: { g: ['on'] } }, g: { prerequisites: { f: ['on'] } } } },
    ['flags', 'f'],
    'is a prerequisite of itself: f → g → f; take one of them out',
  ],
  [
    'a flag that a rule of its own asks for',
    inRule({ when: { a: 1 }, prerequisites: { f: ['on'] }, serve: 'on' }),
    ['flags', 'f'],
    'is a prerequisite of itself: f → f; take one of them out',
  ],
  [
    'prerequisites forty deep',
    {
      sluice: 1,
      flags: Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `f${index}`,
          index === 39 ? {} : { prerequisites: { [`f${index + 1}`]: ['on'] } },
        ]),
      ),
    },
    ['flags', 'f32'],
    'has prerequisites more than 32 deep; shorten the chain',
  ],
  [
    'flags that each ask for the two before',
    {
      sluice: 1,
      flags: fibonacci((names) => ({ prerequisites: Object.fromEntries(names.map((name) => [name, ['on']])) })),
    },
    ['flags', 'n18'],
    'has prerequisites more than 10000 times over; shorten the chain',
  ],
  [
    'a target of a variant that is not declared',
    inFlag({ targets: { yes: ['ada'] } }),
    ['flags', 'f', 'targets', 'yes'],
    '"yes" is not a declared variant; declared are on, off',
  ],
  [
    'a unit that is a target of two variants',
    inFlag({ targets: { on: ['ada', 42], off: ['bob', '42'] } }),
    ['flags', 'f', 'targets', 'off', 1],
    '"42" is a target of on too; keep one',
  ],
  [
    'a layer that is not declared',
    inFlag({ layer: { name: 'l', slots: [0, 1] } }),
    ['flags', 'f', 'layer', 'name'],
    '"l" is not a declared layer; there are none',
  ],
  [
    'slots turned round',
    { sluice: 1, layers: { l: { slots: 10 } }, flags: { f: { layer: { name: 'l', slots: [5, 5] } } } },
    ['flags', 'f', 'layer', 'slots'],
    'takes no slot: the second has to be larger',
  ],
  [
    'slots that the layer does not have',
    { sluice: 1, layers: { l: { slots: 10 } }, flags: { f: { layer: { name: 'l', slots: [5, 11] } } } },
    ['flags', 'f', 'layer', 'slots'],
    'goes to slot 11, and the layer has 10',
  ],
  [
    'two flags in one slot',
    {
      sluice: 1,
      layers: { l: { slots: 10 } },
      flags: { f: { layer: { name: 'l', slots: [0, 5] } }, g: { layer: { name: 'l', slots: [4, 9] } } },
    },
    ['flags', 'g', 'layer', 'slots'],
    'shares slots of l with f, which has 0 to 5; a unit would be in both',
  ],
  [
    'a holdout that is not declared',
    inFlag({ holdout: 'h' }),
    ['flags', 'f', 'holdout'],
    '"h" is not a declared holdout; there are none',
  ],
  [
    'a split in an order that sluice-1 does not read',
    inRollout({ percentage: 1, split: [{ variant: 'b', weight: 1 }] }),
    [...ROLLOUT, 'split'],
    'is a list, which sluice-1 does not read; write variant: weight',
  ],
  [
    'a salt of a rollout of sluice-1',
    inRollout({ percentage: 1, serve: 'b', salt: 'x' }),
    [...ROLLOUT, 'salt'],
    'means nothing to sluice-1; write "salt" at the flag',
  ],
  [
    'a vendor’s split without an order',
    inRollout({ bucketing: 'unleash-1', percentage: 1, split: { b: 1 } }),
    [...ROLLOUT, 'split'],
    'has no order, which unleash-1 needs; write a list of { variant, weight }',
  ],
  [
    'a percentage of a vendor that only splits',
    inRollout({ bucketing: 'launchdarkly-1', percentage: 50, serve: 'b' }),
    [...ROLLOUT, 'percentage'],
    'has to be 100: launchdarkly-1 knows no percentage; write it as weights of a split',
  ],
  [
    'a group of its own for a split of another vendor than Unleash',
    inRollout({ bucketing: 'growthbook-1', percentage: 50, serve: 'b', splitSalt: 'x' }),
    [...ROLLOUT, 'splitSalt'],
    'means nothing to growthbook-1, only to unleash-1; take it out',
  ],
  [
    'a range of a vendor without ranges',
    inRollout({ bucketing: 'unleash-1', percentage: 50, split: [{ variant: 'b', from: 0, below: 1 }] }),
    [...ROLLOUT, 'split', 0],
    'has a range, which unleash-1 does not read; write its weight',
  ],
  [
    'half a range',
    inRollout({ bucketing: 'growthbook-1', percentage: 50, split: [{ variant: 'b', below: 1 }] }),
    [...ROLLOUT, 'split', 0],
    'needs a weight, or else where it begins and ends: from, below',
  ],
  [
    'a part of no weight',
    inRollout({ bucketing: 'unleash-1', percentage: 50, split: [{ variant: 'b' }] }),
    [...ROLLOUT, 'split', 0],
    'needs a weight',
  ],
  [
    'weights beside ranges',
    inRollout({
      bucketing: 'growthbook-2',
      percentage: 50,
      split: [
        { variant: 'a', weight: 1 },
        { variant: 'b', from: 0, below: 1 },
      ],
    }),
    [...ROLLOUT, 'split'],
    'mixes weights and ranges; write all parts in one way',
  ],
  [
    'a part of a variant that is not declared',
    inRollout({ bucketing: 'unleash-1', percentage: 50, split: [{ variant: 'c', weight: 1 }] }),
    [...ROLLOUT, 'split', 0, 'variant'],
    '"c" is not a declared variant; declared are a, b',
  ],
];
