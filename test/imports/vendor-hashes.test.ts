import { type SplitPart, vendorBucketings } from '@sluice/core';
import { describe, expect, it, vi } from 'vitest';
import { Random } from './random.ts';
import { type VendorPlacing, vendorPlacings } from './vendor-placing.ts';

// GrowthBook's SDK prints about weights at every evaluation otherwise.
vi.stubEnv('NODE_ENV', 'production');

const COUNT = 20_000;

type Name = keyof typeof vendorBucketings;

/** What an attribute may hold: mostly ids as people have them, and text and types that nobody should have and somebody has. */
function valuesFor(seed: number): readonly unknown[] {
  const random = new Random(seed);
  const next = (below: number): number => random.below(below);
  const text = (from: number, below: number, longest: number): string =>
    String.fromCharCode(...Array.from({ length: next(longest) }, () => from + next(below - from)));
  const kinds: readonly (() => unknown)[] = [
    () => `user-${next(1e9)}`,
    () => `${next(1e9).toString(16)}-${next(1e9).toString(16)}@example.com`,
    () => String(next(1e6)),
    () => next(2 ** 31),
    () => text(0x20, 0x7f, 60),
    () => text(0, 0x100, 20),
    () => text(0, 0x10000, 20),
    () => text(0xd7f0, 0xe010, 12),
    () => `ñandú-漢字-${next(1e6)}-😀`,
    () => text(0x61, 0x7b, 400),
  ];
  const odd = ['', 0, -1, 4.5, 1e21, 2 ** 53, true, false, null, undefined, [], ['a', 1], {}, { a: 1 }];
  const values = Array.from({ length: COUNT }, (_, index) => (kinds[index % kinds.length] as () => unknown)());
  return [...odd, ...values];
}

const weights = (...list: number[]): readonly SplitPart[] => list.map((weight) => ({ variant: 'v', weight }));
const ranges = (...list: [number, number][]): readonly SplitPart[] =>
  list.map(([from, below]) => ({ variant: 'v', from, below }));

const grown = [
  weights(0.5, 0.5),
  weights(0.1, 0.2, 0.7),
  weights(0, 1),
  weights(0.3, 0.3, 0.3),
  weights(0.5, 0.505),
  ranges([0.1, 0.1 + 0.05], [0.6, 0.6]),
  ranges([0.5, 0.9], [0.2, 0.7]),
];

const asked: Readonly<Record<Name, { salts: readonly string[]; splits: readonly (readonly SplitPart[])[] }>> = {
  'launchdarkly-1': {
    salts: ['flag.salt', 'flag-é.漢字', '61', 'flag.', 'flag.a.b'],
    splits: [
      weights(50_000, 50_000),
      weights(...Array.from({ length: 10 }, () => 10_000)),
      weights(0, 33_333, 0, 66_667),
      weights(10_000, 20_000),
      weights(0, 0),
      weights(70_000, 70_000, 70_000),
      weights(1, 99_999),
    ],
  },
  'unleash-1': {
    salts: ['group', '', 'undefined', 'grüppe-漢'],
    splits: [weights(500, 500), weights(333, 333, 334), weights(0, 1000), weights(0, 0), weights(1), weights(7, 0, 5)],
  },
  'flagsmith-2': {
    salts: ['12,environment_', 'a3c4-ff,envé_'],
    splits: [weights(50, 50), weights(10, 20, 70), weights(0, 33.3, 66.7), weights(54.54, 0), weights(100, 0)],
  },
  'flagd-1': {
    salts: ['flag', 'flag-é漢', ''],
    splits: [weights(50, 50), weights(1, 1, 1), weights(0, 10.5, 20), weights(0, 0), weights(33, 33, 34)],
  },
  'flagd-2': {
    salts: ['flag', 'flag-é漢', ''],
    splits: [
      weights(50, 50),
      weights(1, 1, 1),
      weights(0, 1, 0, 2_147_483_646),
      weights(0, 0),
      weights(2_147_483_647, 1),
      weights(1.5, 1),
      weights(7),
    ],
  },
  'growthbook-1': { salts: ['seed', 'séed-漢'], splits: grown },
  'growthbook-2': { salts: ['seed', 'séed-漢'], splits: grown },
  'md5-percent-1': { salts: ['flag', '', 'flåg-漢'], splits: [weights(50, 50), weights(10, 0, 20), weights(70, 70)] },
};

/** Vendors draw lots for these, or the importer keeps them out by a condition, or no vendor is there to say. */
function unanswered(name: Name, salt: string, value: unknown, unit: string | undefined): boolean {
  if (name === 'unleash-1' || name === 'md5-percent-1') return unit === undefined;
  return name.startsWith('flagd') && salt === '' && (value === '' || typeof value !== 'string');
}

const stickiness = (name: Name): readonly boolean[] => (name === 'unleash-1' ? [false, true] : [false]);

const cases = Object.keys(asked).map((name, index) => ({
  name: name as Name,
  vendor: vendorPlacings[name as Name] as VendorPlacing,
  ours: vendorBucketings[name as Name],
  values: valuesFor(index),
  ...asked[name as Name],
}));

describe.each(cases)('$name', ({ name, vendor, ours, values, salts, splits }) => {
  it('places every unit where the vendor places it, to the last bit', () => {
    const different: unknown[] = [];
    for (const salt of salts) {
      for (const value of values) {
        const unit = ours.unitOf(value, 'enter', false);
        const place = unit === undefined ? ours.placeWithoutUnit : ours.place(salt, unit);
        const expected = vendor.place(salt, value);
        if (place !== expected && !unanswered(name, salt, value, unit))
          different.push({ salt, value, place, expected });
      }
    }
    expect(different.slice(0, 5)).toEqual([]);
  });

  it('chooses the part that the vendor chooses', async () => {
    const different: unknown[] = [];
    let compared = 0;
    for (const [index, parts] of splits.entries()) {
      const salt = salts[index % salts.length] as string;
      const split = ours.compileSplit(parts);
      for (const several of stickiness(name)) {
        const ask = await vendor.split(parts, salt, several);
        for (const value of values) {
          const unit = ours.unitOf(value, 'split', !several);
          if (unanswered(name, salt, value, unit)) continue;
          const [part, expected] = [split.choose(salt, unit), await ask(value)];
          compared++;
          if (part !== expected) different.push({ salt, value, parts, several, part, expected });
        }
      }
    }
    expect(different.slice(0, 5)).toEqual([]);
    expect(compared).toBeGreaterThan(COUNT);
  });
});

const entering = cases.filter(({ vendor }) => vendor.enters !== undefined);

describe.each(entering)('$name', ({ name, vendor, ours, values, salts }) => {
  it('lets the units enter that the vendor lets in', () => {
    const different: unknown[] = [];
    const percentages = [0, 0.5, 1, 13, 50, 57.3, 99, 99.9, 99.95, 100];
    for (const [index, value] of values.entries()) {
      const percentage = percentages[index % percentages.length] as number;
      for (const several of stickiness(name)) {
        const salt = salts[0] as string;
        const unit = ours.unitOf(value, 'enter', !several);
        if ((several || name === 'md5-percent-1') && unit === undefined && percentage > 0 && percentage < 100) continue;
        const below = ours.enterBelow(percentage);
        const everyone = below >= ours.scale;
        const enters = unit === undefined ? ours.entersWithoutUnit(everyone, !several) : ours.place(salt, unit) < below;
        const expected = vendor.enters?.(percentage, salt, value, several);
        if (enters !== expected) different.push({ percentage, value, several, enters, expected });
      }
    }
    expect(different.slice(0, 5)).toEqual([]);
  });
});
