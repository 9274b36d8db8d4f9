import type { Context } from '@sluice/core';
import { Random } from '../random.ts';
import type { EnvironmentDocument, RuleDocument } from './environment-document.ts';
import { IDENTIFIERS } from './generate-rules.ts';

/** Contexts aimed at the traits and literals of a document, with those that are missing, null or of other types. */
export function* generateContexts(document: EnvironmentDocument, seed: number, count: number): Generator<Context> {
  const random = Random.ofSeed(seed * 7919);
  const mentioned = valuesByTrait(document);
  for (let index = 0; index < count; index++) yield context(mentioned, index, random);
}

function context(mentioned: ReadonlyMap<string, readonly unknown[]>, index: number, random: Random): Context {
  const identifier = targetingKey(index, random);
  const found = random.below(60);
  if (found === 0) return identifier;
  if (found === 1) return { ...identifier, traits: random.pick<unknown>([null, 'text', 5, ['pro']]) };
  // Most contexts are about nothing that a caveat names.
  const odd = random.chance(0.1);
  const traits: Record<string, unknown> = {};
  for (const [trait, values] of mentioned) {
    if (random.chance(0.2)) continue;
    traits[trait] = odd && random.chance(0.5) ? random.pick(ODD) : random.pick(values);
  }
  return { ...identifier, traits };
}

function targetingKey(index: number, random: Random): Context {
  const kind = random.below(20);
  if (kind === 0) return {};
  if (kind === 1) return { targetingKey: random.pick(['', null, undefined]) };
  if (kind === 2) return { targetingKey: 1 + index };
  return { targetingKey: kind < 8 ? random.pick(IDENTIFIERS) : `user-${index}` };
}

const USUAL = [
  ...[
    null,
    undefined,
    '',
    0,
    1,
    10,
    9.99,
    -3,
    2.5,
    1e21,
    true,
    false,
    'pro',
    'PRO',
    'a@example.com',
    'é',
    '日本',
    '12',
  ],
  ...['1.2.3', '1.2.4-alpha', '2.0.0', 'v1.10.0', '5', '7', '0.5'],
];

/** Lists, objects, numbers with a tail, and texts that JavaScript's patterns read in a way of their own. */
const ODD = [['pro'], [], { value: 'pro' }, {}, '12px', ' ', ' 1.2.3 ', 'p\u2028o', 'p😀o', 'p o', '\ud800', 'o\r'];

/** What each trait may be: what it is compared with, that as a number, just beside it, and others. */
function valuesByTrait({ project }: EnvironmentDocument): ReadonlyMap<string, readonly unknown[]> {
  const values = new Map<string, unknown[]>();
  const visit = ({ conditions, rules }: RuleDocument): void => {
    for (const { property_, value } of conditions) {
      const trait = property_?.replace(/^\$\.identity\.traits(\.|\[')/, '').replace(/'\]$/, '');
      if (trait === undefined || trait === '' || trait.startsWith('$.')) continue;
      const known = values.get(trait) ?? [...USUAL];
      values.set(trait, [...known, ...around(value)]);
    }
    for (const rule of rules) visit(rule);
  };
  for (const segment of project.segments) for (const rule of segment.rules) visit(rule);
  return values;
}

function around(literal: unknown): unknown[] {
  if (Array.isArray(literal)) return literal;
  if (typeof literal !== 'string') return [literal, String(literal)];
  const text = literal.replace(':semver', '');
  const number = Number.parseFloat(text);
  return [
    text,
    text,
    `${text}x`,
    text.slice(1),
    ...text.split(','),
    ...(Number.isFinite(number) ? [number, number + 0.5, number - 1] : []),
  ];
}
