import type { SplitPart } from '../../document/rollout.ts';
import { fnv1a } from '../fnv1a.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { runningSums } from './boundaries.ts';

/** `growthbook-1`: `hash` of GrowthBook's SDK, version 1. The salt is its seed. */
export const growthbook1: VendorBucketing = growthbook(1000, (seed, unit) => fnv1a(seed, fnv1a(unit)));

/** `growthbook-2`: `hash` of GrowthBook's SDK, version 2. */
export const growthbook2: VendorBucketing = growthbook(10_000, (seed, unit) => fnv1a(String(fnv1a(unit, fnv1a(seed)))));

type Hash = (seed: string, unit: string) => number;

function growthbook(places: number, hash: Hash): VendorBucketing {
  const place: Hash = (seed, unit) => (hash(seed, unit) % places) / places;
  return {
    unitOf: (value) => (value ? `${value}` : undefined),
    place,
    scale: 1,
    placeWithoutUnit: undefined,
    enterBelow: (percentage) => placeAfter(percentage / 100, places),
    percentages: true,
    entersWithoutUnit: () => false,
    compileSplit: (parts) => compileSplit(parts, place),
  };
}

/** The first place that a coverage leaves out: its own place is in it, but a coverage of 0 has none. */
function placeAfter(coverage: number, places: number): number {
  if (coverage <= 0) return 0;
  let index = Math.floor(coverage * places);
  // Quotients are compared, as GrowthBook compares them: 57.3 / 100 may well be less than 573 / 1000.
  while (index < places && index / places <= coverage) index++;
  return index / places;
}

function compileSplit(parts: readonly SplitPart[], place: Hash): VendorSplit {
  const ranges = rangesOf(parts);
  const partAt = (at: number): number => ranges.findIndex(([from, below]) => at >= from && at < below);
  return {
    shares: sharesOf(ranges, partAt),
    choose: (seed, unit) => (unit === undefined ? -1 : partAt(place(seed, unit))),
  };
}

type Range = readonly [from: number, below: number];

/** As `getBucketRanges` with full coverage: weights that are not nearly 1 together count for nothing, and all parts are equal. */
function rangesOf(parts: readonly SplitPart[]): readonly Range[] {
  if (parts.some(({ weight }) => weight === undefined)) return parts.map(({ from = 0, below = 0 }) => [from, below]);
  const weights = parts.map(({ weight = 0 }) => weight);
  const total = runningSums(weights).at(-1) ?? 0;
  const sums = runningSums(total < 0.99 || total > 1.01 ? parts.map(() => 1 / parts.length) : weights);
  return sums.map((sum, index) => [sums[index - 1] ?? 0, sum]);
}

/** Ranges may leave gaps and overlap, where the first counts: between two neighbouring ends one part has everything. */
function sharesOf(ranges: readonly Range[], partAt: (at: number) => number): readonly number[] {
  const shares = ranges.map(() => 0);
  const ends = [0, 1, ...ranges.flat()].filter((end) => end >= 0 && end <= 1).sort((left, right) => left - right);
  for (const [index, end] of ends.slice(1).entries()) {
    const start = ends[index] as number;
    const part = partAt(start);
    if (part >= 0) shares[part] = (shares[part] as number) + (end - start);
  }
  return shares;
}
