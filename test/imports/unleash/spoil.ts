import type { Definitions, Feature, Strategy, Variant } from './definitions.ts';

/** What is imported, and the definitions that were put into it. */
export interface Input {
  readonly input: unknown;
  readonly definitions: Definitions;
}

const open = { rollout: '60', stickiness: 'userId', groupId: 'g' };
const strategy = (constraint: object): readonly Strategy[] => [
  { name: 'flexibleRollout', parameters: open, constraints: [constraint as never] },
];
const halves = (first: object, second: object, more: object = {}): readonly Variant[] => [
  { name: 'a', weight: 500, ...first, ...more } as never,
  { name: 'b', weight: 500, ...second } as never,
];
const text = (value: string) => ({ payload: { type: 'string', value } });

/** Features of which each makes the importer note something. */
const odd: readonly Omit<Feature, 'name' | 'enabled'>[] = [
  { strategies: [{ name: 'flexibleRollout', parameters: { rollout: '50', stickiness: 'random' } }] },
  { strategies: [{ name: 'gradualRolloutRandom', parameters: { percentage: '30' } }] },
  { strategies: [{ name: 'default' }], variants: halves(text('x'), text('y'), { stickiness: 'random' }) },
  { strategies: [{ name: 'default' }], variants: halves(text('x'), text('y'), { stickiness: '' }) },
  { strategies: [{ name: 'flexibleRollout', parameters: { rollout: '33.4', stickiness: 'default' } }] },
  { strategies: strategy({ contextName: 'user.plan', operator: 'IN', values: ['pro'] }) },
  { strategies: strategy({ contextName: 'currentTime', operator: 'DATE_AFTER', value: '2024-05-05T10:00:00' }) },
  { strategies: strategy({ contextName: 'currentTime', operator: 'DATE_BEFORE', value: 'May 5, 2024' }) },
  { strategies: strategy({ contextName: 'remoteAddress', operator: 'IN_CIDR', values: ['::/8', '10.0.0.0/9'] }) },
  { strategies: strategy({ contextName: 'country', operator: 'SOUNDS_LIKE', values: ['DE'], inverted: true }) },
  { strategies: strategy({ contextName: 'country', operator: 'REGEX', value: '(unclosed', inverted: true }) },
  { strategies: strategy({ contextName: 'age', operator: 'NUM_GT', value: 'many' }) },
  { strategies: strategy({ contextName: 'build', operator: 'SEMVER_EQ', value: '1.2' }) },
  {
    strategies: [
      { name: 'default', segments: [99] },
      { name: 'userWithId', parameters: { userIds: 'user-1' } },
    ],
  },
  { strategies: [{ name: 'default' }], variants: halves(text('x'), {}) },
  { strategies: [{ name: 'default' }], variants: halves({}, { payload: { type: 'json', value: '{"a":1}' } }) },
  {
    strategies: [
      { name: 'flexibleRollout', parameters: open, variants: halves(text('x'), text('y')) },
      { name: 'default', parameters: {}, variants: halves(text('y'), text('x')) },
    ],
  },
  { strategies: [{ name: 'default' }], dependencies: [{ feature: 'nowhere' }] },
  { strategies: [{ name: 'ourOwn', parameters: { a: 'b' } }, { name: 'default' }] },
  { strategies: [{ name: 'applicationHostname', parameters: { hostNames: 'a,b' } }, { name: 'default' }] },
  { strategies: strategy({ contextName: 'constructor', operator: 'IN', values: ['DE'] }) },
  { strategies: strategy({ contextName: 'age', operator: 'NUM_LT', value: 'Infinity' }) },
  { strategies: strategy({ contextName: 'country', operator: 'IN', values: [7] }) },
  { strategies: [{ name: 'default' }], variants: halves(text('x'), { payload: { type: 'json', value: '{' } }) },
  { strategies: [{ name: 'default' }], variants: halves(text('x'), { payload: { type: 'number', value: '1' } }) },
  { strategies: [{ name: 'default' }], variants: halves({ ...text('x'), name: 'a\nb' }, text('y')) },
];

/** Two odd features more in every input, and some inputs that are odd as a whole. */
export function spoil(definitions: Definitions, seed: number): Input {
  const features = [2 * seed, 2 * seed + 1].flatMap((index): Feature[] => {
    const feature = {
      name: `odd ${index % odd.length}`,
      enabled: true,
      ...(odd[index % odd.length] as (typeof odd)[number]),
    };
    return [
      feature,
      { name: `child of ${feature.name}`, enabled: true, strategies: [], dependencies: [{ feature: feature.name }] },
    ];
  });
  const spoilt = { ...definitions, features: [...definitions.features, ...features] };
  if (seed % 9 === 1) return { input: exported(spoilt, seed), definitions: spoilt };
  if (seed % 9 === 2) {
    const [first] = spoilt.features;
    const twice = {
      ...spoilt,
      features: [{ name: first?.name, enabled: false, strategies: [] }, null, ...spoilt.features],
    };
    return { input: twice, definitions: spoilt };
  }
  if (seed % 9 === 3) {
    const taken = {
      name: 'checkout',
      enabled: true,
      strategies: [{ name: 'default' }],
      variants: halves(text('x'), text('y')),
    };
    const taker = {
      name: 'checkout.enabled',
      enabled: true,
      strategies: strategy({ contextName: 'plan', operator: 'IN', values: ['1'] }),
    };
    const others = spoilt.features.filter(({ name }) => name !== 'checkout');
    const changed = { ...spoilt, features: [...others, taken, taker] };
    return { input: changed, definitions: changed };
  }
  if (seed % 27 === 13)
    return {
      input: { ...exported(spoilt, seed), featureEnvironments: [{ environment: 'a' }, { environment: 'b' }] },
      definitions: spoilt,
    };
  if (seed % 27 === 22) return { input: { flags: [] }, definitions: spoilt };
  return { input: spoilt, definitions: spoilt };
}

/** As the server exports it: segments without their constraints, strategies in any order, and some that are switched off. */
function exported({ features, segments }: Definitions, seed: number): object {
  return {
    features: [
      { name: 'gone', archived: true },
      ...features.map(({ name, impressionData }) => ({ name, impressionData })),
    ],
    featureStrategies: features.flatMap(({ name, strategies }) =>
      [
        { featureName: name, name: 'default', parameters: {}, disabled: true, sortOrder: -1 },
        ...strategies.map((each, index) => ({ ...each, featureName: name, sortOrder: index })),
      ].toSorted((one, other) => ((one.sortOrder * 7 + seed) % 3) - ((other.sortOrder * 7 + seed) % 3)),
    ),
    featureEnvironments: features.map(({ name, enabled, variants }) => ({
      featureName: name,
      environment: 'production',
      enabled,
      variants: variants ?? [],
    })),
    dependencies: features.map(({ name, dependencies }) => ({ feature: name, dependencies: dependencies ?? [] })),
    segments: segments.map(({ id, name }) => ({ id, name })),
    contextFields: [],
    tagTypes: [],
  };
}
