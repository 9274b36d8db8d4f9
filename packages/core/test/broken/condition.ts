import { inCondition, type Row, WHEN } from './row.ts';

/** What the schema refuses of a condition. */
export const brokenCondition: readonly Row[] = [
  [
    'a condition that is a string',
    inCondition('plan == pro'),
    WHEN,
    'a condition has to be an object, not "plan == pro"',
  ],
  ['an empty condition', inCondition({}), WHEN, 'is empty; name at least one attribute, all, any, none or inSegment'],
  ['all that is no list', inCondition({ all: { a: 1 } }), [...WHEN, 'all'], 'has to be a list, not an object'],
  ['any of nothing', inCondition({ any: [] }), [...WHEN, 'any'], 'needs at least one entry'],
  ['a nested condition that is empty', inCondition({ none: [{}] }), [...WHEN, 'none', 0], 'is empty'],
  ['a segment that is a number', inCondition({ inSegment: 3 }), [...WHEN, 'inSegment'], 'has to be a list, not 3'],
  ['no segment', inCondition({ inSegment: [] }), [...WHEN, 'inSegment'], 'needs at least one entry'],
  [
    'an attribute that equals nothing',
    inCondition({ a: null }),
    [...WHEN, 'a'],
    'cannot equal nothing; write { exists: false }',
  ],
  [
    'an attribute that is one of nothing',
    inCondition({ a: [] }),
    [...WHEN, 'a'],
    'a list has to hold strings, numbers or booleans, at least one',
  ],
  ['no operator', inCondition({ a: {} }), [...WHEN, 'a'], 'is empty; name at least one operator'],
  [
    'an unknown operator',
    inCondition({ a: { equals: 1 } }),
    [...WHEN, 'a', 'equals'],
    'is no operator; operators are is, not, in,',
  ],
  [
    'a nested attribute',
    inCondition({ user: { plan: 'pro' } }),
    [...WHEN, 'user', 'plan'],
    'for a nested attribute write its dotted path',
  ],
  ['gt with a string', inCondition({ a: { gt: '1' } }), [...WHEN, 'a', 'gt'], 'gt takes a number, not "1"'],
  [
    'in with a scalar',
    inCondition({ a: { in: 'x' } }),
    [...WHEN, 'a', 'in'],
    'in takes a list of strings, numbers or booleans, not "x"',
  ],
  [
    'startsWith with a number',
    inCondition({ a: { startsWith: 1 } }),
    [...WHEN, 'a', 'startsWith'],
    'startsWith takes a string or a list of strings, not 1',
  ],
  [
    'matches with a list',
    inCondition({ a: { matches: ['x'] } }),
    [...WHEN, 'a', 'matches'],
    'matches takes an RE2 pattern, not a list',
  ],
  [
    'exists with a string',
    inCondition({ a: { exists: 'yes' } }),
    [...WHEN, 'a', 'exists'],
    'exists takes true or false, not "yes"',
  ],
  [
    'an attribute that every object has',
    inCondition({ 'a.__proto__': 1 }),
    [...WHEN, 'a.__proto__'],
    '__proto__ cannot be used as a name',
  ],
];
