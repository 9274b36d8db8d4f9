import { Random } from '../random.ts';
import { DATES, KEYS, NUMBERS, PATTERNS, TEXTS, TIMES, VERSIONS } from './literals.ts';
import { oddities } from './oddities.ts';
import type { ClauseData, FlagData, Payload, RuleData, SegmentData, ServingData, TargetData } from './payload.ts';

/** Whether a payload of this seed knows of users alone. Each oddity is made with users alone and with other kinds by turns. */
export const usersOnly = (seed: number): boolean => (seed + Math.floor(seed / oddities.length)) % 2 === 0;

/** A payload of which the SDK takes every part, and one of the oddities, which it takes in its own way. */
export function generatePayload(seed: number): Payload {
  const random = Random.ofSeed(seed);
  const maker = new Maker(random, usersOnly(seed) ? ['user'] : ['user', 'org', 'device']);
  const segments = random.times(2, 4, (index) => maker.segment(`segment-${index}`, index));
  const flags = random.times(3, 5, (index) => maker.flag(`flag-${index}`, index, segments.length));
  const payload: Payload = {
    flags: Object.fromEntries(flags.map((flag) => [flag.key, flag])),
    segments: Object.fromEntries(segments.map((segment) => [segment.key, segment])),
    ...(random.chance(0.2) && { flagValues: { fixed: random.pick([true, 'text', 5, { a: [1] }]) } }),
  };
  const odd = oddities[seed % oddities.length];
  return odd === undefined ? payload : odd(payload, maker);
}

export class Maker {
  readonly random: Random;
  readonly kinds: readonly string[];

  constructor(random: Random, kinds: readonly string[]) {
    this.random = random;
    this.kinds = kinds;
  }

  flag(key: string, index: number, segments: number): FlagData {
    const { random } = this;
    const variations = random.pick<readonly unknown[]>([
      [true, false],
      ['red', 'green', 'blue'],
      [1, 2.5, 0],
      [{ model: 'a' }, { model: 'b', n: [1, null] }],
      [['a', 1], { b: {} }, []],
    ]);
    const count = variations.length;
    const parents = random.chance(0.4) && index > 0 ? random.times(1, 2, () => random.below(index)) : [];
    return {
      key,
      version: 1,
      on: random.chance(0.85),
      ...(random.chance(0.9) && { salt: random.pick(['', 'abc123', 'é', '.']) }),
      variations,
      ...(random.chance(0.8) ? { offVariation: random.below(count) } : random.chance(0.5) && { offVariation: null }),
      fallthrough: this.serving(count),
      prerequisites: parents.map((parent) => ({ key: `flag-${parent}`, variation: random.below(2) })),
      targets: random.times(0, 3, () => this.target(count)),
      contextTargets: random.chance(0.4) ? random.times(1, 3, () => this.contextTarget(count)) : [],
      rules: random.times(0, 4, () => this.rule(count, segments)),
    };
  }

  segment(key: string, index: number): SegmentData {
    const { random } = this;
    const listed = () => ({ ...this.kind(), values: this.keys() });
    return {
      key,
      version: 1,
      salt: random.pick(['s', '', 'ß']),
      ...(random.chance(0.5) && { included: this.keys() }),
      ...(random.chance(0.5) && { excluded: this.keys() }),
      ...(random.chance(0.5) && { includedContexts: random.times(0, 2, listed) }),
      ...(random.chance(0.5) && { excludedContexts: random.times(0, 2, listed) }),
      rules: random.times(0, 3, () => ({
        ...(random.chance(0.95) && { clauses: random.times(random.chance(0.2) ? 0 : 1, 2, () => this.clause(index)) }),
        ...(random.chance(0.5) && { weight: random.pick([0, 1, 30_000, 50_000, 99_999, 100_000]) }),
        ...(random.chance(0.4) && { bucketBy: this.attribute() }),
        ...(random.chance(0.4) && { rolloutContextKind: random.pick(this.kinds) }),
      })),
    };
  }

  rule(variations: number, segments: number): RuleData {
    return {
      id: 'rule',
      ...this.serving(variations),
      ...(this.random.chance(0.95) && {
        clauses: this.random.times(this.random.chance(0.1) ? 0 : 1, 3, () => this.clause(segments)),
      }),
    };
  }

  /** @param segments how many there are to be matched */
  clause(segments: number): ClauseData {
    const { random } = this;
    const negate = random.chance(0.25) && { negate: true };
    if (segments > 0 && random.chance(0.2)) {
      const values = random.times(1, 2, () => (random.chance(0.1) ? 'unknown' : `segment-${random.below(segments)}`));
      return { attribute: '', op: 'segmentMatch', values, ...negate };
    }
    if (this.kinds.length > 1 && random.chance(0.08)) {
      return {
        attribute: 'kind',
        op: 'in',
        values: random.times(1, 2, () => random.pick([...this.kinds, 'multi', 'x'])),
        ...negate,
      };
    }
    const [op, attribute, values] = this.test();
    return { ...this.kind(), attribute, op, values, ...negate };
  }

  serving(variations: number): ServingData {
    const { random } = this;
    if (random.chance(0.4)) return { variation: random.below(variations) };
    const weights = random.pick([
      [50_000, 50_000],
      [33_333, 33_333, 33_334],
      [0, 100_000],
      [10_000, 20_000],
      [80_000, 80_000, 10],
      [0, 0],
      [1, 99_999],
      [100_000],
    ]);
    return {
      rollout: {
        ...(random.chance(0.3) && { kind: random.pick(['experiment', 'rollout']) }),
        ...(random.chance(0.5) && { contextKind: random.pick(this.kinds) }),
        ...(random.chance(0.4) && { bucketBy: this.attribute() }),
        ...(random.chance(0.4) && { seed: random.pick([0, 61, 1.5, -3, 1e21]) }),
        variations: weights.map((weight) => ({
          variation: random.below(variations),
          weight,
          ...(random.chance(0.2) && { untracked: true }),
        })),
      },
    };
  }

  keys(): readonly string[] {
    return this.random.times(0, 5, () => this.random.pick(KEYS));
  }

  target(variations: number): TargetData {
    return { values: this.keys(), variation: this.random.below(variations) };
  }

  contextTarget(variations: number): TargetData {
    return { contextKind: this.random.pick(this.kinds), ...this.target(variations) };
  }

  kind(): { readonly contextKind?: string } {
    return this.random.chance(0.5) ? { contextKind: this.random.pick(this.kinds) } : {};
  }

  attribute(): string {
    return this.random.pick([
      'key',
      'plan',
      'plan',
      'age',
      'name',
      'anonymous',
      'kind',
      'address',
      '/plan',
      'missing',
      '',
    ]);
  }

  private test(): readonly [op: string, attribute: string, values: readonly unknown[]] {
    const { random } = this;
    const some = <Value>(values: readonly Value[], odd: unknown) =>
      random.times(0, 3, () => (random.chance(0.1) ? odd : random.pick(values)));
    const text = random.pick(['plan', 'plan', 'name', 'key', 'email', 'país', 'tags']);
    switch (random.below(8)) {
      case 0:
        return ['in', text, some<unknown>([...TEXTS, ...KEYS, ...NUMBERS, true], {})];
      case 1:
        return ['in', random.pick(['anonymous', 'age', 'beta']), some<unknown>([true, false, 10, 1], 'true')];
      case 2:
        return [
          random.pick(['startsWith', 'endsWith', 'contains']),
          text,
          some(['p', 'o', '', 'x.com', '日', 'pro'], 5),
        ];
      case 3:
        return ['matches', text, some(PATTERNS.same, PATTERNS.never[0])];
      case 4: {
        const op = random.pick(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual']);
        return [op, random.pick(['age', 'age', 'key', 'tags', 'name']), some(NUMBERS, '10')];
      }
      case 5:
        return [
          random.pick(['before', 'after']),
          random.pick(['signedUp', 'signedUp', 'name']),
          some([...DATES, ...TIMES], 'soon'),
        ];
      case 6: {
        const op = random.pick(['semVerEqual', 'semVerLessThan', 'semVerGreaterThan']);
        return [op, random.pick(['version', 'version', 'name']), some(VERSIONS, 2)];
      }
      default:
        return ['in', random.pick(['/plan', 'plan', 'beta']), some<unknown>([...TEXTS, true, 0], [1])];
    }
  }
}
