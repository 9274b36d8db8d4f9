import type { DefinitionsJson, FlagJson, Json } from './generate.ts';

/** Definitions with one thing in them that the importer has to report. */
export interface Spoiling {
  readonly input: unknown;
  /** What flagd reads: the same, or without what it refuses all of it for. */
  readonly forSdk: DefinitionsJson;
}

const targeted = (targeting: Json): FlagJson => ({
  state: 'ENABLED',
  variants: { a: 'A', b: 'B', c: 'C' },
  defaultVariant: 'a',
  targeting,
});

const country: Json = { '==': [{ var: 'country' }, 'DE'] };
const tooDeep = Array.from({ length: 120 }).reduce<Json>((inner) => ({ '!': inner }), { var: 'beta' });

/** Of targeting, what a document cannot say, each beside what it can. */
const lostTargetings: readonly Json[] = [
  { if: [country, 'b', { '>': [{ '+': [{ var: 'age' }, 1] }, 5] }, 'c', 'a'] },
  { if: [country, 'b', { '==': [{ var: 'age' }, { var: 'größe' }] }, 'c', 'b'] },
  { if: [country, 'b', { in: [{ var: 'plan' }, 'pro,basic'] }, 'c', 'b'] },
  { if: [country, 'b', { var: 'all' }, 'c', 'b'] },
  { if: [country, 'b', { cat: ['a', { var: 'plan' }] }] },
  { if: [country, 'b', { fractional: [{ var: 'email' }, { if: [true, ['b', 1]] }, ['c', 1]] }] },
  { if: [country, 'b', { fractional: { var: 'email' } }] },
  {
    if: [
      country,
      'b',
      {
        fractional: [
          ['b', { var: 'age' }],
          ['c', 1],
        ],
      },
    ],
  },
  { if: [country, 'b', tooDeep, 'c'] },
  { if: [country, 'b', { $ref: 'money' }, 'c'] },
  { if: [country, 'b', { some: [{ var: 'roles' }, { starts_with: [{ var: '' }, 'ad'] }] }, 'c'] },
];

/** What flagd fails to read, and so gives nobody anything. */
const broken: readonly Json[] = [
  { if: [country, 'b', { reverse: [1] }, 'c', 'a'] },
  { if: [country, { $ref: 'nowhere' }, 'c'] },
  { nothing: 1 },
];

/** For which flagd refuses everything. */
const refused: readonly FlagJson[] = [
  { ...targeted(null), state: 'ON' },
  { ...targeted(null), defaultVariant: 'gone' },
];

const leftOut: readonly (readonly [string, FlagJson])[] = [
  ['mixed', { ...targeted('a'), variants: { a: 1, b: 'two' } }],
  ['nothing', { ...targeted('b'), variants: { a: null } }],
  ['', targeted('b')],
  ['name', { ...targeted('b'), variants: { a: 'A', '': 'B' } }],
];

export function spoil(definitions: DefinitionsJson, seed: number): Spoiling {
  const kind = seed % 21;
  if (kind === 20) return { input: [definitions], forSdk: definitions };
  const $evaluators = { ...definitions.$evaluators, money: { '==': [{ var: 'plan' }, '$$'] } };
  const more: [string, FlagJson][] = [];
  if (kind < lostTargetings.length) more.push(['lost', targeted(lostTargetings[kind] ?? null)]);
  else if (kind < 14) more.push(['broken', targeted(broken[kind - 11] ?? null)]);
  else if (kind < 18) more.push(leftOut[kind - 14] as [string, FlagJson]);
  const forSdk = { ...definitions, $evaluators, flags: { ...definitions.flags, ...Object.fromEntries(more) } };
  if (kind < 18) return { input: forSdk, forSdk };
  return { input: { ...forSdk, flags: { ...forSdk.flags, refused: refused[kind - 18] } }, forSdk };
}
