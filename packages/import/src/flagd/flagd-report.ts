import type { Noting } from '../noting.ts';

/** Which flagd-core reads the definitions: 1 is any before 3.0.0, 2 is any since. Their operators and their buckets differ. */
export type Generation = 1 | 2;

/** What is carried. */
const constructs = [
  'flag',
  'disabled flag',
  'default variant',
  'no default variant',
  'flag set id',
  'flag set version',
  'variant by name',
  'variant by number',
  'variant by boolean',
  'variant by attribute',
  'null',
  '$ref',
  'if',
  'if without else',
  'and',
  'or',
  '!',
  '!!',
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'comparison of literals',
  'in a list',
  'in an attribute',
  'starts_with',
  'ends_with',
  'sem_ver =',
  'sem_ver !=',
  'sem_ver <',
  'sem_ver <=',
  'sem_ver >',
  'sem_ver >=',
  'sem_ver ^',
  'sem_ver ~',
  'some',
  'none',
  'var',
  'var with a path',
  'var with a default',
  'missing',
  'cat',
  '$flagd.flagKey',
  '$flagd.timestamp',
  'fractional',
  'fractional by an attribute',
  'fractional by text',
  'fractional with null',
] as const;

/** What is noted. */
export const codes = {
  'not-flag-definitions': 'lost',
  'refused-flag': 'lost',
  'variant-types': 'lost',
  'variant-value': 'lost',
  name: 'lost',
  metadata: 'lost',
  evaluator: 'lost',
  operator: 'lost',
  operand: 'lost',
  'attribute-name': 'lost',
  result: 'lost',
  'bucketed-by': 'lost',
  weights: 'lost',
  size: 'lost',
  'broken-targeting': 'caveat',
  'unknown-variant': 'caveat',
  'attribute-types': 'caveat',
  'version-text': 'caveat',
  'bucketing-version': 'caveat',
} as const;

export type Construct = (typeof constructs)[number];
export type Code = keyof typeof codes;
export type FlagdNoting = Noting<Construct, Code>;

/** `fractional` of generation 1 takes names of variants only, and its versions are strict. */
const since2: readonly Construct[] = ['fractional with null'];
/** Who asks for generation 1 has said which it is. */
const codesSince2: readonly Code[] = ['bucketing-version', 'version-text'];

export function constructsOf(generation: Generation): readonly Construct[] {
  return generation === 2 ? constructs : constructs.filter((construct) => !since2.includes(construct));
}

export function codesOf(generation: Generation): Readonly<Record<string, 'caveat' | 'lost'>> {
  if (generation === 2) return codes;
  return Object.fromEntries(Object.entries(codes).filter(([code]) => !codesSince2.includes(code as Code)));
}
