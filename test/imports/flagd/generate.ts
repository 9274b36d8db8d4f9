import { Random } from '../random.ts';
import { generateFractional } from './generate-fractional.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface FlagJson {
  readonly state: string;
  readonly variants: Readonly<Record<string, Json>>;
  readonly defaultVariant?: string | null;
  readonly targeting?: Json;
  readonly metadata?: Json;
}

export interface DefinitionsJson {
  readonly flags: Readonly<Record<string, FlagJson>>;
  readonly $evaluators?: Readonly<Record<string, Json>>;
  readonly metadata?: Readonly<Record<string, Json>>;
}

/** Attributes that definitions ask for; `user.tier` is within an object. */
export const ATTRIBUTES = ['country', 'plan', 'email', 'age', 'beta', 'größe', 'user.tier'];

/** What they are compared with. */
export const TEXTS = ['DE', 'pro', '', '5', ' 7 ', '@acme.com', 'é', '1e3', 'null', 'true'];
export const NUMBERS = [0, 1, 5, -2.5, 18, 1000];
export const VERSIONS = ['1.2.3', '2.0.0-beta.1', '1.2', '2', '0.0.0', 'v1.2.3', '1.2.3+build', '10.20.30'];

const KINDS: readonly Readonly<Record<string, Json>>[] = [
  { on: true, off: false },
  { red: 'r', blue: 'b', green: 'g', null: 'n' },
  { 1: 10, 2: 20.5, true: 0 },
  { a: { model: 'x' }, b: { model: 'y', list: [1] }, 'c d': {} },
  { true: true, false: false },
];

const COMPARISONS = ['==', '===', '!=', '!==', '<', '<=', '>', '>='];
const RELATIONS = ['=', '!=', '<', '<=', '>', '>=', '^', '~'];

/** Definitions that flagd reads. */
export function generateDefinitions(seed: number): DefinitionsJson {
  const random = Random.ofSeed(seed);
  const flags = Array.from({ length: 8 }, (_, index): [string, FlagJson] => {
    const variants = random.pick(KINDS);
    const maker = new Maker(random, Object.keys(variants));
    return [`flag-${index}${random.chance(0.1) ? '-é' : ''}`, maker.flag(variants)];
  });
  const maker = new Maker(random, []);
  return {
    $evaluators: { first: maker.reference('second'), second: maker.question(1), third: maker.question(1) },
    ...(random.chance(0.5) && {
      metadata: { flagSetId: `set-${seed}`, version: '7', ...(random.chance(0.5) && { team: 'x' }) },
    }),
    flags: Object.fromEntries(flags),
  };
}

class Maker {
  readonly random: Random;
  readonly variants: readonly string[];

  constructor(random: Random, variants: readonly string[]) {
    this.random = random;
    this.variants = variants;
  }

  flag(variants: FlagJson['variants']): FlagJson {
    const { random } = this;
    return {
      state: random.chance(0.95) ? 'ENABLED' : 'DISABLED',
      variants,
      ...(random.chance(0.7)
        ? { defaultVariant: random.pick(this.variants) }
        : random.chance(0.5) && { defaultVariant: null }),
      ...(random.chance(0.95) && { targeting: this.result(3) }),
      ...(random.chance(0.1) && { metadata: { owner: 'y' } }),
    };
  }

  /** Something that gives a variant. */
  result(depth: number): Json {
    const { random } = this;
    if (depth > 0 && random.chance(0.7)) {
      const turns = random.times(1, 3, () => [this.question(2), this.result(depth - 1)]).flat();
      return { [random.chance(0.95) ? 'if' : '?:']: random.chance(0.8) ? [...turns, this.result(depth - 1)] : turns };
    }
    return random.pick<() => Json>([
      () => this.name(),
      () => this.name(),
      () => generateFractional(this),
      () => generateFractional(this),
      () => null,
      () => (random.chance(0.15) ? 'no such variant' : this.name()),
      () => (random.chance(0.15) ? { var: random.pick(['variant', 'plan']) } : this.name()),
      () => (random.chance(0.2) ? { or: [{ var: 'variant' }, this.name()] } : generateFractional(this)),
      () => (random.chance(0.2) ? { and: [this.question(1), this.name()] } : this.name()),
    ])();
  }

  name(): Json {
    const { random } = this;
    const name = random.pick(this.variants);
    if ((name === 'true' || name === 'false') && random.chance(0.5)) return name === 'true';
    return /^\d+$/.test(name) && random.chance(0.5) ? Number(name) : name;
  }

  /** Something that is true or not, or counts so. */
  question(depth: number): Json {
    const { random } = this;
    if (depth > 0 && random.chance(0.35)) {
      return random.pick<() => Json>([
        () => ({ and: random.times(1, 3, () => this.question(depth - 1)) }),
        () => ({ or: random.times(1, 3, () => this.question(depth - 1)) }),
        () => ({ '!': [this.question(depth - 1)] }),
        () => ({ '!!': [this.question(depth - 1)] }),
        () => ({ '!': this.question(depth - 1) }),
        () => ({ if: random.times(1, 4, () => this.question(depth - 1)) }),
      ])();
    }
    return random.pick<() => Json>([
      () => this.comparison(),
      () => this.comparison(),
      () => this.comparison(),
      () => ({ in: [this.variable(), random.times(0, 3, () => this.literal())] }),
      () => ({ in: [random.pick<Json>(['pro', '@acme.com', 5, '', true]), this.variable()] }),
      () => ({ [random.pick(['starts_with', 'ends_with'])]: [this.variable(), random.pick(TEXTS)] }),
      () => ({ sem_ver: [{ var: 'version' }, random.pick(RELATIONS), random.pick(VERSIONS)] }),
      () => this.ofMembers(),
      () => this.variable(),
      () => ({ missing: random.times(1, 3, () => random.pick(ATTRIBUTES)) }),
      () => this.ofTime(),
      () => this.reference(random.pick(['first', 'second', 'third'])),
      () => ({
        [random.pick(COMPARISONS)]: random.pick<Json>([
          ['a', 'b'],
          [1, '5'],
          [null, 0],
          ['DE', null],
          [true, 1],
        ]),
      }),
      () => ({ '==': [{ var: '$flagd.flagKey' }, random.pick(['flag-1', 'flag-2'])] }),
      () => this.between(),
    ])();
  }

  comparison(): Json {
    const { random } = this;
    const operator = random.pick(COMPARISONS);
    const name = this.attribute();
    const sides = [this.variable(name), this.literalFor(name)];
    return { [operator]: random.chance(0.8) ? sides : sides.toReversed() };
  }

  between(): Json {
    const { random } = this;
    const [least, most] = [random.pick(NUMBERS), random.pick(NUMBERS)];
    return { [random.pick(['<', '<=', '>', '>='])]: [least, this.variable(random.pick(['age', 'größe'])), most] };
  }

  ofMembers(): Json {
    const { random } = this;
    const test = random.pick<Json>([
      { '==': [{ var: '' }, random.pick(['admin', 'pro'])] },
      { '===': [{ var: '' }, 'admin'] },
      { in: [{ var: '' }, ['admin', 'é']] },
    ]);
    return { [random.pick(['some', 'none'])]: [{ var: 'roles' }, test] };
  }

  ofTime(): Json {
    const { random } = this;
    const seconds = random.pick<Json>([0, 1_500_000_000, '4000000000', 1_700_000_000.5, 4_000_000_000]);
    const sides: Json[] = [{ var: '$flagd.timestamp' }, seconds];
    return { [random.pick(COMPARISONS)]: random.chance(0.7) ? sides : sides.toReversed() };
  }

  reference(name: string): Json {
    return { $ref: name };
  }

  attribute(): string {
    return this.random.pick([...ATTRIBUTES, 'targetingKey']);
  }

  variable(name: string = this.attribute()): Json {
    const { random } = this;
    if (random.chance(0.12)) return { var: [name, this.literalFor(name)] };
    return { var: random.chance(0.1) ? [name] : name };
  }

  /** Mostly of the type that the attribute is meant to have. */
  literalFor(name: string): Json {
    const { random } = this;
    if (random.chance(0.1)) return this.literal();
    if (name === 'beta') return random.chance(0.5);
    return random.pick<Json>(['age', 'größe'].includes(name) ? NUMBERS : TEXTS);
  }

  literal(): Json {
    const { random } = this;
    return random.pick<() => Json>([
      () => random.pick(TEXTS),
      () => random.pick(TEXTS),
      () => random.pick(NUMBERS),
      () => random.pick(NUMBERS),
      () => random.chance(0.5),
      () => null,
    ])();
  }
}
