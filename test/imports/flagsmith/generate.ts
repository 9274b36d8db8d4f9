import { Random } from '../random.ts';
import type { EnvironmentDocument, IdentityDocument, SegmentDocument, StateDocument } from './environment-document.ts';
import { generateRules, IDENTIFIERS } from './generate-rules.ts';

/** An environment document of which the SDK takes every part. */
export function generateEnvironment(seed: number): EnvironmentDocument {
  const random = Random.ofSeed(seed);
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
      rules: generateRules(random, this.#apiKey),
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
