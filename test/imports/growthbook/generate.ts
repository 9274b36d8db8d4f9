import { Random } from '../random.ts';
import { brokenFeatures } from './broken-features.ts';
import { generateCondition, type Json, test } from './generate-condition.ts';

type Fields = Record<string, Json>;

const HASHED: readonly string[] = ['id', 'company', 'device', 'org.id', 'id.part'];

/** How often a configuration holds something that cannot be carried: mostly never, so that most of it is compared. */
const RARE: readonly number[] = [0, 0, 0.02, 0.1];

export interface Payload {
  readonly features: Readonly<Record<string, Json>>;
  readonly [part: string]: Json;
}

/** A payload as GrowthBook's API sends it, and worse. */
export function generatePayload(seed: number): Payload {
  const random = new Random(seed);
  const rare = random.pick(RARE);
  const keys = Array.from({ length: 12 }, (_, index) => `feature-${index}`);
  const features: [string, Json][] = keys.map((key, index) => [key, feature(random, rare, keys.slice(0, index))]);
  if (rare > 0) features.push(...brokenFeatures(random));
  return {
    status: 200,
    features: Object.fromEntries(features),
    savedGroups: savedGroups(random),
    contextualBandits: {
      weather: { banditVersion: 1, contexts: banditContexts(random, rare) },
      none: {},
      broken: { contexts: 5 },
    },
    ...(random.chance(0.2)
      ? { experiments: [{ key: 'colours', changeId: 'c1', variations: [{}, { css: 'p{}' }] }] }
      : {}),
    ...(random.chance(0.2) ? { encryptedSavedGroups: 'AAAA.BBBB' } : {}),
  };
}

function savedGroups(random: Random): Json {
  return {
    legacy: ['US', 5, true, 'Zoë'],
    staff: { type: 'list', attributeKey: 'country', values: ['US', 'DE', 5] },
    scores: { type: 'list', attributeKey: 'user.deep.age', values: [1, 2.5, 10, random.chance(0.3) ? null : '5'] },
    europe: { type: 'condition', condition: { country: { $in: ['DE', 'US,DE'] } } },
    nested: { type: 'condition', condition: { $or: [{ $savedGroup: { id: 'europe' } }, { age: { $gt: 5 } }] } },
    empty: { type: 'list', attributeKey: 'plan', values: [] },
    malformed: { type: 'list', values: 'US' },
    cyclic: { type: 'condition', condition: { $savedGroup: { id: 'cyclic' } } },
    lost: { type: 'condition', condition: { plan: { $regex: '(?=U)' } } },
  };
}

/** Conditions that many contexts meet, so that several of a bandit's do. */
const BROAD: readonly Json[] = [{ company: { $exists: true } }, { age: { $gte: 0 } }, { beta: { $ne: true } }];

function banditContexts(random: Random, rare: number): Json {
  return random.times(0, 3, () => ({
    leafId: random.below(9),
    ...(random.chance(0.9)
      ? { condition: random.chance(0.6) ? random.pick(BROAD) : generateCondition(random, rare) }
      : {}),
    ...(random.chance(0.9)
      ? {
          weights: random.pick<Json>([
            [0.2, 0.8],
            [0.5, 0.25, 0.25],
            [1, 0],
          ]),
        }
      : {}),
  }));
}

/** Values of one type, as GrowthBook's editor demands; `null` where nothing was entered. */
function valuesOf(random: Random, rare: number): () => Json {
  const kinds: readonly (readonly Json[])[] = [
    [true, false],
    ['gpt-4o', 'claude', '', 'a text that is too long to be the name of a variant'],
    [0, 1, 5, 0.5],
    [{ model: 'gpt-4o' }, { model: 'claude', deep: { age: 5 } }, ['US', 'DE'], {}],
  ];
  const values = random.pick(kinds);
  return () => (random.chance(0.06) ? null : random.chance(rare / 4) ? random.pick(kinds.flat()) : random.pick(values));
}

function feature(random: Random, rare: number, parents: readonly string[]): Json {
  const value = valuesOf(random, rare);
  const rules = random.times(0, 4, () => rule(random, rare, parents, value));
  // A feature's own prerequisites come first, in a rule that serves nothing.
  if (parents.length > 0 && random.chance(0.15))
    rules.unshift({ parentConditions: [parent(random, rare, parents, true)] });
  return { ...(random.chance(0.9) ? { defaultValue: value() } : {}), ...(rules.length > 0 ? { rules } : {}) };
}

function parent(random: Random, rare: number, parents: readonly string[], gate: boolean): Json {
  const id = random.chance(0.05) ? 'unknown' : random.chance(rare) ? 'mixed' : random.pick(parents);
  const condition: Json = random.pick<() => Json>([
    () => ({ value: true }),
    () => ({ value: { $in: ['gpt-4o', 1, true] } }),
    () => ({ value: { $exists: true } }),
    () => ({ 'value.model': 'gpt-4o' }),
    () => ({ value: test(random, rare, 0) }),
    () => ({ value: null }),
    () => ({ $not: { value: test(random, 0, 0) }, other: null }),
    () => ({}),
  ])();
  return { id, condition, ...(gate ? { gate } : {}) };
}

function rule(random: Random, rare: number, parents: readonly string[], value: () => Json): Json {
  const prerequisites =
    parents.length > 0 && random.chance(0.2)
      ? { parentConditions: random.times(1, 2, () => parent(random, rare, parents, random.chance(0.3))) }
      : {};
  const shared: Fields = {
    ...(random.chance(0.5) ? { id: `fr_${random.below(1e6)}` } : {}),
    ...prerequisites,
    ...(random.chance(0.6) ? { condition: generateCondition(random, rare) } : {}),
    ...(random.chance(0.2) ? { filters: random.times(1, 2, () => filter(random)) } : {}),
    ...(random.chance(0.3) ? { hashAttribute: random.pick(HASHED) } : {}),
    ...(random.chance(0.3) ? { seed: random.pick(['seed-1', 'sëed', '']) } : {}),
    ...(random.chance(0.6)
      ? { hashVersion: random.pick<Json>([1, 2, 2, 2, 0, ...(random.chance(0.2) ? [3] : [])]) }
      : {}),
    ...(random.chance(0.05) ? { fallbackAttribute: 'device' } : {}),
    ...(random.chance(rare)
      ? random.pick<Fields>([
          { condition: 'US' },
          { seed: 5 },
          { filters: [5] },
          { coverage: 'half' },
          { hashAttribute: 'toString', coverage: 0.5 },
        ])
      : {}),
  };
  if (random.chance(0.05)) return shared;
  return random.chance(0.5)
    ? { ...force(random, value), ...shared }
    : { ...experiment(random, rare, value), ...shared };
}

const pair = (random: Random): Json => {
  const ends = [random.below(1001) / 1000, random.below(10_001) / 10_000].sort((a, b) => a - b);
  return random.chance(0.05) ? [...ends].reverse() : random.chance(0.05) ? [-0.1, 0.4] : ends;
};

function filter(random: Random): Json {
  return {
    seed: random.pick(['layer-1', 'ns', '']),
    ranges: random.times(1, 2, () => (random.chance(0.5) ? [0, 0.9] : pair(random))),
    ...(random.chance(0.3) ? { attribute: random.pick(HASHED) } : {}),
    ...(random.chance(0.4) ? { hashVersion: random.pick([1, 2, 2, 2, 9]) } : {}),
  };
}

function force(random: Random, value: () => Json): Fields {
  const share: Fields = random.pick<() => Fields>([
    () => ({}),
    () => ({ coverage: random.pick([0, 0.001, 0.29, 0.57, 1, 1.5, -1, 1 / 3]) }),
    () => ({ coverage: random.below(10_001) / 10_000 }),
    () => ({ range: pair(random) }),
  ])();
  return { force: value(), ...share };
}

function experiment(random: Random, rare: number, value: () => Json): Fields {
  const count = random.pick([1, 2, 2, 2, 3, 4]);
  const variations = Array.from({ length: count }, value);
  const weights = random.pick<readonly Json[]>([
    [0.5, 0.5],
    [0.1, 0.9],
    [0.333, 0.333, 0.334],
    [0.2, 0.2],
    [1, 0],
    [0.25, 0.25, 0.25, 0.25],
    [1.005, 0],
    [-0.2, 1.2],
  ]);
  const keys = random.chance(0.1) ? ['same', 'same', 'c', 'd'] : ['control', 'treatment', 'third', 'fourth'];
  const meta = keys
    .slice(0, count)
    .map((key) => ({ ...(random.chance(0.8) ? { key } : {}), ...(random.chance(0.15) ? { passthrough: true } : {}) }));
  return {
    [random.chance(0.2) ? 'contextualVariations' : 'variations']: variations,
    ...(random.chance(0.7) ? { key: random.pick(['exp-1', 'exp-2', 'exp-ü']) } : {}),
    ...(random.chance(0.5) ? { weights } : {}),
    ...(random.chance(0.4) ? { coverage: random.pick([0, 0.5, 0.33, 1, 2, random.below(1000) / 1000]) } : {}),
    ...(random.chance(0.2) ? { ranges: random.times(1, count + 1, () => pair(random)) } : {}),
    ...(random.chance(0.2) ? { namespace: ['ns', random.below(300) / 1000, 0.5 + random.below(500) / 1000] } : {}),
    ...(random.chance(0.5) ? { meta: random.chance(rare) ? [] : meta } : {}),
    ...(random.chance(0.25)
      ? { contextualBanditRef: random.chance(rare) ? 'broken' : random.pick(['weather', 'weather', 'none', 'gone']) }
      : {}),
    ...(random.chance(0.1) ? { bucketVersion: 1, minBucketVersion: 1 } : {}),
  };
}
