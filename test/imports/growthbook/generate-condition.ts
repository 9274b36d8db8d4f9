import type { Random } from '../random.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What conditions compare with, and what contexts hold: few, so that they meet. */
export const LITERALS: readonly Json[] = [
  'US',
  'us',
  'DE',
  'null',
  '5',
  '0',
  '',
  'true',
  'US,DE',
  '[object Object]',
  'Zoë',
  '2024-05-01',
  ' 5 ',
  'a.b',
  0,
  1,
  5,
  10,
  -1,
  2.5,
  100000,
  true,
  false,
];

const ATTRIBUTES: readonly string[] = [
  'country',
  'plan',
  'age',
  'beta',
  'tags',
  'numbers',
  'user.plan',
  'user.deep.age',
  'id',
  'id.part',
  'email',
];

const VERSIONS: readonly Json[] = [
  '1.2.3',
  '1.2.0',
  '2.0.0',
  '10.0.1',
  'v1.2.3',
  '1.2.3-rc.1',
  '1.2.3+build',
  '2',
  '1.2',
  '0',
  2,
  1.5,
  null,
  '0.0.0',
];
const BROKEN_VERSIONS: readonly Json[] = ['one', '1.2.3.4', '01.2.3', -1];

const PATTERNS: readonly Json[] = [
  '^U',
  'S$',
  '^[A-Z]{2}$',
  'a|us',
  '\\d+',
  'null',
  '^null$',
  '5',
  'US,DE',
  'a\\.b',
  '(?:DE|FR)+',
  '(',
  'constructor',
  '\\bDE\\b',
  'true',
  7,
  'object',
  '^$',
  'a/b',
  '[',
  '.+',
  'Zo.',
  '[^a]',
  '\\s',
  'K',
  '\\W',
  'ë',
];
const UNREADABLE: readonly Json[] = ['(?=U)', '(U)\\1', '\\AUS', 'x{2000}', '[[:alpha:]]', '\\u0055'];

const COMPARISONS = ['$eq', '$ne', '$lt', '$lte', '$gt', '$gte'];
const LISTS = ['$in', '$nin', '$ini', '$nini'];
const VERSION_TESTS = ['$veq', '$vne', '$vlt', '$vlte', '$vgt', '$vgte'];
const TYPES: readonly Json[] = ['string', 'number', 'boolean', 'array', 'object', 'null', 'undefined', 'date', 5];

const GROUPS: readonly string[] = [
  'staff',
  'legacy',
  'scores',
  'europe',
  'nested',
  'empty',
  'malformed',
  'missing',
  'constructor',
];

/** @param rare how often something is put in that cannot be carried, or is no condition */
export function generateCondition(random: Random, rare: number, depth = 0): Json {
  const entries = random.times(1, 2, (): [string, Json] => {
    if (depth < 3 && random.chance(0.25)) return logical(random, rare, depth);
    if (random.chance(0.08)) return ['$savedGroup', reference(random, rare)];
    if (random.chance(0.12)) return ['version', versionTest(random, rare)];
    if (random.chance(rare)) return [random.pick(['all', 'toString', '', '__proto__', 'a.constructor']), 'US'];
    return [random.pick(ATTRIBUTES), test(random, rare, 0)];
  });
  // Not by assignment: a key may be __proto__.
  return Object.fromEntries(entries);
}

function logical(random: Random, rare: number, depth: number): [string, Json] {
  const nested = () => generateCondition(random, rare, depth + 1);
  const word = random.pick(['$and', '$or', '$nor', '$not']);
  if (word === '$not') return [word, nested()];
  return [word, random.chance(rare) ? 'no list' : random.chance(0.05) ? [] : random.times(1, 3, nested)];
}

function reference(random: Random, rare: number): Json {
  if (random.chance(0.1)) return random.pick<Json>(['staff', null, { id: 5 }, { id: 'staff', attributeKey: 7 }, {}]);
  const id = random.chance(rare) ? random.pick(['cyclic', 'lost']) : random.pick(GROUPS);
  return random.chance(0.3) ? { id, attributeKey: random.pick(['country', 'tags']) } : { id };
}

function versionTest(random: Random, rare: number): Json {
  return { [random.pick(VERSION_TESTS)]: random.pick(random.chance(rare) ? BROKEN_VERSIONS : VERSIONS) };
}

function literal(random: Random): Json {
  return random.chance(0.07) ? null : random.pick(LITERALS);
}

/** What an attribute is tested by, or a member of a list. */
export function test(random: Random, rare: number, depth: number): Json {
  if (random.chance(0.35)) return literal(random);
  if (depth === 0 && random.chance(0.06))
    return random.times(0, 3, () => (random.chance(0.1) ? [literal(random)] : literal(random)));
  if (random.chance(rare)) return random.pick<Json>([{}, { plan: 'US' }, [{ a: 1 }], { $eq: 5, plan: 1 }]);
  return Object.fromEntries(random.times(1, 2, () => operator(random, rare, depth)));
}

function operator(random: Random, rare: number, depth: number): [string, Json] {
  const list = (): Json => (random.chance(0.05) ? 'US' : random.times(0, 4, () => literal(random)));
  const many = (): Json => (random.chance(0.05) ? 'US' : random.times(1, 11, () => literal(random)));
  const inner = (): Json => test(random, rare, depth + 1);
  const wrong = (): Json => (random.chance(0.1) ? random.pick<Json>([['5'], {}, [], null]) : literal(random));
  const choices: readonly (() => [string, Json])[] = [
    () => [random.pick(COMPARISONS), wrong()],
    () => [random.pick(COMPARISONS), wrong()],
    () => [random.pick(LISTS), random.chance(0.5) ? list() : many()],
    () => ['$exists', random.pick<Json>([true, false, 0, 'yes'])],
    () => ['$type', random.pick(TYPES)],
    () => [random.pick(['$regex', '$regexi']), random.pick(random.chance(rare) ? UNREADABLE : PATTERNS)],
    () => [random.pick(['$inGroup', '$notInGroup']), random.pick([...GROUPS, 'lost'])],
    () => [
      '$size',
      random.chance(0.5)
        ? random.pick<Json>([0, 1, 2, '2', true, null])
        : { [random.pick(COMPARISONS)]: random.below(3) },
    ],
    () => ['$not', depth < 2 ? inner() : literal(random)],
    () => ['$elemMatch', depth > 1 ? { $eq: literal(random) } : elementTest(random, rare)],
    () => [
      random.pick(['$all', '$alli']),
      random.chance(0.05)
        ? 'US'
        : random.times(0, 2, () => (random.chance(0.8) ? literal(random) : elementTest(random, rare))),
    ],
    () => (random.chance(0.2) ? ['$near', 5] : ['$eq', literal(random)]),
  ];
  return random.pick(choices)();
}

function elementTest(random: Random, rare: number): Json {
  if (random.chance(rare)) return random.pick<Json>([{ plan: 'US' }, { $not: { $gt: 5 } }, { $all: ['US'] }]);
  const tests: readonly (() => [string, Json])[] = [
    () => [random.pick(COMPARISONS), literal(random)],
    () => [random.pick(['$in', '$ini']), random.times(1, 3, () => literal(random))],
    () => ['$regex', random.pick(PATTERNS)],
    () => ['$type', random.pick(TYPES)],
    () => ['$inGroup', 'staff'],
    () => ['$not', literalTest(random)],
    () => ['$size', random.below(3)],
    () => ['$elemMatch', { $eq: literal(random) }],
    () => ['$exists', random.chance(0.5)],
    () => ['$near', 1],
  ];
  return Object.fromEntries(random.times(1, 2, () => random.pick(tests)()));
}

function literalTest(random: Random): Json {
  return { $eq: literal(random) };
}
