import type {
  ConditionDocument,
  EnvironmentDocument,
  IdentityDocument,
  RuleDocument,
  SegmentDocument,
  StateDocument,
} from './environment-document.ts';
import { Random } from './random.ts';

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

/** An environment document of which the SDK takes every part. */
export function generateEnvironment(seed: number): EnvironmentDocument {
  const random = new Random(seed);
  const apiKey = random.pick(['ser.key', 'KÉY', 'e']) + seed;
  const maker = new Maker(random, apiKey);
  const features = random.times(4, 6, (index) => maker.feature(index));
  const segments = random.times(3, 6, () => maker.segment(features));
  return {
    api_key: apiKey,
    name: random.pick(['Production', 'pro', '10']),
    use_identity_composite_key_for_hashing: random.chance(0.8),
    project: {
      id: 1,
      name: 'project',
      hide_disabled_flags: random.chance(0.2),
      server_key_only_feature_ids: random.chance(0.2) ? [1] : [],
      organisation: { id: 1, name: 'organisation', stop_serving_flags: random.chance(0.2) },
      segments,
    },
    feature_states: features.map((feature) => maker.state(feature, undefined)),
    identity_overrides: maker.identities(features),
  };
}

type ValueKind = 'none' | 'string' | 'number' | 'boolean';

interface Feature {
  readonly id: number;
  readonly name: string;
  readonly kind: ValueKind;
  /** Ids and values of its multivariate options. */
  readonly options: StateDocument['multivariate_feature_state_values'][number]['multivariate_feature_option'][];
}

class Maker {
  readonly #random: Random;
  readonly #apiKey: string;
  #lastId = 100;

  constructor(random: Random, apiKey: string) {
    this.#random = random;
    this.#apiKey = apiKey;
  }

  feature(index: number): Feature {
    const random = this.#random;
    const kind = random.pick<ValueKind>(['none', 'string', 'string', 'number', 'boolean']);
    const options =
      kind === 'none' || random.chance(0.3)
        ? []
        : random.times(1, 4, (option) => ({
            id: 10 * index + option,
            value: random.chance(0.1) ? null : this.#value(kind),
          }));
    return { id: index + 1, name: `feature-${index}`, kind, options };
  }

  segment(features: readonly Feature[]): SegmentDocument {
    const random = this.#random;
    const id = this.#id();
    return {
      id,
      name: random.pick(['beta users', `segment ${id}`, 'staff']),
      rules: random.chance(0.05)
        ? []
        : random.chance(0.6)
          ? [this.#simpleRule()]
          : random.times(1, 2, () => this.#rule(0)),
      feature_states: random.times(1, 4, () => random.pick(features)).map((feature) => this.state(feature, 'segment')),
    };
  }

  state(feature: Feature, of: 'segment' | 'identity' | undefined): StateDocument {
    const random = this.#random;
    const id = this.#id();
    const key = random.below(4);
    return {
      feature: { id: feature.id, name: feature.name, type: feature.options.length > 0 ? 'MULTIVARIATE' : 'STANDARD' },
      enabled: random.chance(0.5),
      ...(key > 0 && { django_id: key === 1 ? null : key === 2 ? `${id}` : id }),
      featurestate_uuid: this.#uuid(),
      feature_state_value: feature.kind === 'none' || random.chance(0.2) ? null : this.#value(feature.kind),
      ...(of === 'segment' && { feature_segment: random.chance(0.1) ? null : { priority: random.below(3) } }),
      multivariate_feature_state_values: random.chance(0.2) ? [] : this.#options(feature),
    };
  }

  identities(features: readonly Feature[]): IdentityDocument[] {
    const random = this.#random;
    const identities: IdentityDocument[] = [];
    for (const identifier of IDENTIFIERS.filter(() => random.chance(0.3))) {
      const earlier = identities.at(-1);
      // The same overrides under other keys are one segment to the SDK.
      const shared = earlier !== undefined && random.chance(0.3);
      const states = shared
        ? earlier.identity_features.map((state) => ({ ...state, django_id: this.#id() }))
        : random.times(0, 3, () => random.pick(features)).map((feature) => this.state(feature, 'identity'));
      identities.push({ identifier, identity_features: states });
    }
    return identities;
  }

  /** One condition that alone decides, so that each operator is seen to hold and not to hold. */
  #simpleRule(): RuleDocument {
    return { type: this.#random.pick(['ALL', 'ANY', 'NONE']), conditions: [this.#condition()], rules: [] };
  }

  #rule(depth: number): RuleDocument {
    const random = this.#random;
    return {
      type: random.chance(0.03) ? 'SOME' : random.pick(['ALL', 'ANY', 'ANY', 'NONE']),
      conditions: random.times(depth === 0 ? 0 : 1, 2, () => this.#condition()),
      rules: depth < 2 ? random.times(0, 2, () => this.#rule(depth + 1)) : [],
    };
  }

  #condition(): ConditionDocument {
    const random = this.#random;
    const property_ = this.#property();
    switch (random.below(11)) {
      case 0:
        return { operator: 'PERCENTAGE_SPLIT', property_: this.#splitProperty(), value: this.#percentage() };
      case 1:
        return { operator: random.pick(['IS_SET', 'IS_NOT_SET']), property_, value: null };
      case 2:
        return { operator: 'IN', property_, value: this.#list() };
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
          value: random.pick(['alice', `${this.#apiKey}_alice`, `${this.#apiKey}_42`, `x,${this.#apiKey}_é`]),
        };
      default:
        return { operator: random.pick(COMPARABLE), property_, value: random.pick(LITERALS) };
    }
  }

  #property(): string {
    const random = this.#random;
    const trait = random.pick(TRAITS);
    return random.pick([
      ...[trait, trait, trait, trait, trait, `$.identity.traits.${trait}`, `$.identity.traits['${trait}']`],
      ...['$.identity.identifier', '$.environment.name', '$.environment.key'],
    ]);
  }

  #splitProperty(): string | null {
    return this.#random.pick([
      ...[null, '', '$.identity.key', '$.identity.identifier', 'plan'],
      ...['$.identity.traits.plan', "$.identity.traits['age']"],
    ]);
  }

  #percentage(): string | number {
    const random = this.#random;
    return random.pick([
      ...['50', 33.3, '0', '100', '150', '-1', 'x', `${random.next() * 100}`],
      // A place itself: still in.
      `${(random.below(9998) / 9998) * 100}`,
    ]);
  }

  #list(): unknown {
    const random = this.#random;
    const members = random.times(1, 10, () => random.pick([...LITERALS, ...IDENTIFIERS]));
    return random.pick<unknown>([
      members.join(','),
      JSON.stringify(members),
      JSON.stringify([...members, 10]),
      members,
    ]);
  }

  #options(feature: Feature): StateDocument['multivariate_feature_state_values'] {
    const random = this.#random;
    const byUuid = random.chance(0.3);
    const weights = random.pick([
      [30, 30, 20, 20],
      [54.54, 0, 12.3, 0.01],
      [100, 50, 0, 0],
      [0, 0, 0, 0],
      [0.1, 0.2, 0.7, 90],
    ]);
    return feature.options.map((option, index) => ({
      ...(byUuid
        ? { mv_fs_value_uuid: this.#uuid(), ...(random.chance(0.5) && { id: null }) }
        : { id: 1000 - this.#id() }),
      percentage_allocation: weights[index] ?? 0,
      multivariate_feature_option: option,
    }));
  }

  #value(kind: ValueKind): string | number | boolean {
    const random = this.#random;
    if (kind === 'boolean') return random.chance(0.5);
    if (kind === 'number') return random.pick([0, 1, -5, 2.5, 1000]);
    return random.pick(['red', 'green', 'blue', '', '{"json": true}', 'é']);
  }

  /** Ids don't ascend in the order of the document. */
  #id(): number {
    this.#lastId = (this.#lastId * 37 + 11) % 9973;
    return this.#lastId;
  }

  #uuid(): string {
    const digits = Array.from({ length: 32 }, () => this.#random.below(16).toString(16)).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}
