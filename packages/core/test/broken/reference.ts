import { inCondition, inFlag, inRollout, inRule, nested, ROLLOUT, type Row, two, WHEN } from './row.ts';

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
    'a payload without end',
    inFlag({ variants: { a: nested(70, (inner) => [inner], 1) }, control: 'a' }),
    ['flags', 'f', 'variants', 'a', ...Array(65).fill(0)],
    'is nested deeper than 64 levels; make it flatter',
  ],
];
