import { describe, expect, it } from 'vitest';
import { vendorBucketings } from '../../src/bucketing/vendor-bucketings.ts';
import type { SplitPart } from '../../src/document/rollout.ts';
import { golden } from '../golden.ts';

interface Case {
  salt: string;
  value?: unknown;
  several?: true;
  place?: number | null;
  percentage?: number;
  enters?: boolean;
  parts?: readonly SplitPart[];
  part?: number;
}

const files = Object.keys(vendorBucketings).map((name, index) => ({
  name: name as keyof typeof vendorBucketings,
  file: `${String(index + 9).padStart(2, '0')}-${name}`,
}));

describe.each(files)('$file', ({ name, file }) => {
  const { unitOf, place, scale, placeWithoutUnit, enterBelow, entersWithoutUnit, compileSplit } =
    vendorBucketings[name];
  const { cases } = golden<Case>(file);
  const titled = cases.map((each) => ({ ...each, title: JSON.stringify(each).slice(0, 160) }));

  it.each(titled)('$title', ({ salt, value, several, percentage, parts, ...expected }) => {
    const unit = unitOf(value, 'enter', !several);
    if (expected.place !== undefined) {
      expect((unit === undefined ? placeWithoutUnit : place(salt, unit)) ?? null).toBe(expected.place);
    }
    if (percentage !== undefined) {
      const below = enterBelow(percentage);
      const enters = unit === undefined ? entersWithoutUnit(below >= scale, !several) : place(salt, unit) < below;
      expect(enters).toBe(expected.enters);
    }
    if (parts !== undefined) {
      expect(compileSplit(parts).choose(salt, unitOf(value, 'split', !several))).toBe(expected.part);
    }
  });

  it('asks everything', () => {
    const asked = new Set(cases.flatMap((each) => Object.keys(each)));
    expect([...asked]).toEqual(expect.arrayContaining(['salt', 'value', 'place', 'parts', 'part']));
    expect(cases.some((each) => !Object.hasOwn(each, 'value'))).toBe(true);
  });
});
