import type { Random } from '../random.ts';
import type { ConditionDocument, RuleDocument } from './environment-document.ts';

const TRAITS = ['plan', 'age', 'version', 'beta', 'país', '$price', 'favourite colour'];

const COMPARABLE = ['EQUAL', 'NOT_EQUAL', 'GREATER_THAN', 'GREATER_THAN_INCLUSIVE', 'LESS_THAN', 'LESS_THAN_INCLUSIVE'];

const LITERALS = [
  ...['pro', 'Pro', '', 'é', '10', '9', '-3', '2.5', '5abc', '1e3', ' 7 ', 'true', 'false', 'False', 'Infinity', '0'],
  ...['pro,basic', 'ro', '日本'],
];

const VERSIONS = ['1.2.3', '2.0.0-beta.1', 'v1.10.0', '1.2.3+build.5', '2', '1', '0', ' 3.0.0 ', '1.2', ''];

const PATTERNS = [
  '^pro',
  'o$',
  '[a-f]+\\d?',
  '^\\S+@example\\.com$',
  '\\bp.o\\b',
  '(pro|basic)$',
  '^\\d{1,3}$',
  '(',
  '^true$',
];

/** Of which some have overrides, and some are what a condition compares with. */
export const IDENTIFIERS = [
  ...[
    'alice',
    'bob',
    'a,b',
    'a',
    'b',
    '42',
    '7',
    'é',
    'İ',
    '日本',
    '😀',
    '\ud800',
    ' ',
    '["carol"]',
    'carol',
    '0',
    'true',
  ],
];

/** Of a segment. */
export function generateRules(random: Random, apiKey: string): RuleDocument[] {
  if (random.chance(0.05)) return [];
  if (random.chance(0.6)) return [simpleRule(random, apiKey)];
  return random.times(1, 2, () => generateRule(random, apiKey, 0));
}

/** One condition that alone decides, so that each operator is seen to hold and not to hold. */
function simpleRule(random: Random, apiKey: string): RuleDocument {
  return { type: random.pick(['ALL', 'ANY', 'NONE']), conditions: [generateCondition(random, apiKey)], rules: [] };
}

function generateRule(random: Random, apiKey: string, depth: number): RuleDocument {
  return {
    type: random.chance(0.03) ? 'SOME' : random.pick(['ALL', 'ANY', 'ANY', 'NONE']),
    conditions: random.times(depth === 0 ? 0 : 1, 2, () => generateCondition(random, apiKey)),
    rules: depth < 2 ? random.times(0, 2, () => generateRule(random, apiKey, depth + 1)) : [],
  };
}

function generateCondition(random: Random, apiKey: string): ConditionDocument {
  const property_ = property(random);
  switch (random.below(11)) {
    case 0:
      return { operator: 'PERCENTAGE_SPLIT', property_: splitProperty(random), value: percentage(random) };
    case 1:
      return { operator: random.pick(['IS_SET', 'IS_NOT_SET']), property_, value: null };
    case 2:
      return { operator: 'IN', property_, value: list(random) };
    case 3:
      return {
        operator: random.pick([...COMPARABLE, 'CONTAINS']),
        property_,
        value: `${random.pick(VERSIONS)}:semver`,
      };
    case 4:
      return { operator: 'REGEX', property_, value: random.pick(PATTERNS) };
    case 5:
      return {
        operator: 'MODULO',
        property_,
        value: random.pick(['2|0', '10|3', '2.5|0', '0|1', '3', '-4|-1', '3|x']),
      };
    case 6:
      return { operator: random.pick(['CONTAINS', 'NOT_CONTAINS']), property_, value: random.pick(LITERALS) };
    case 7:
      return random.chance(0.1)
        ? { operator: 'STARTS_WITH', property_, value: 'pro' }
        : { operator: random.pick(COMPARABLE), property_, value: random.pick([null, 10, true, false, 0]) };
    case 8:
      return {
        operator: random.pick(['EQUAL', 'NOT_EQUAL', 'IN', 'IS_SET', 'IS_NOT_SET']),
        property_: '$.identity.key',
        value: random.pick(['alice', `${apiKey}_alice`, `${apiKey}_42`, `x,${apiKey}_é`]),
      };
    default:
      return { operator: random.pick(COMPARABLE), property_, value: random.pick(LITERALS) };
  }
}

function property(random: Random): string {
  const trait = random.pick(TRAITS);
  return random.pick([
    ...[trait, trait, trait, trait, trait, `$.identity.traits.${trait}`, `$.identity.traits['${trait}']`],
    ...['$.identity.identifier', '$.environment.name', '$.environment.key'],
  ]);
}

function splitProperty(random: Random): string | null {
  return random.pick([
    ...[null, '', '$.identity.key', '$.identity.identifier', 'plan'],
    ...['$.identity.traits.plan', "$.identity.traits['age']"],
  ]);
}

function percentage(random: Random): string | number {
  return random.pick([
    ...['50', 33.3, '0', '100', '150', '-1', 'x', `${random.next() * 100}`],
    // A place itself: still in.
    `${(random.below(9998) / 9998) * 100}`,
  ]);
}

function list(random: Random): unknown {
  const members = random.times(1, 10, () => random.pick([...LITERALS, ...IDENTIFIERS]));
  return random.pick<unknown>([members.join(','), JSON.stringify(members), JSON.stringify([...members, 10]), members]);
}
