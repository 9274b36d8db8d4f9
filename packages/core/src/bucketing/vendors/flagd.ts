import type { SplitPart } from '../../document/rollout.ts';
import { murmur3OfUnits } from '../murmur3.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { partBelow, partUpTo, runningSums, sharesOf } from './boundaries.ts';

const HASHES = 2 ** 32;
const LARGEST_TOTAL = 2 ** 31 - 1;

/**
 * What the shorthand of `fractional` finds in `targetingKey`. An explicit attribute must be a string there, and may be empty:
 * conditions say so, where a flag has one.
 */
const unitOf = (value: unknown): string | undefined => (value ? `${value}` : undefined);

/** `flagd-1`: `fractional` of flagd-core before 3.0.0. Hashes are signed, and their signs are dropped. */
export const flagd1: VendorBucketing = {
  unitOf,
  place: percentOf,
  scale: 100,
  placeWithoutUnit: undefined,
  enterBelow: (percentage) => percentage,
  percentages: false,
  entersWithoutUnit: () => false,
  compileSplit: compilePercents,
};

/** `flagd-2`: `fractional` of flagd-core since 3.0.0. */
export const flagd2: VendorBucketing = {
  unitOf,
  place: hashOf,
  scale: HASHES,
  placeWithoutUnit: undefined,
  enterBelow: (percentage) => (percentage / 100) * HASHES,
  percentages: false,
  entersWithoutUnit: () => false,
  compileSplit: compileWholeWeights,
};

function hashOf(salt: string, unit: string): number {
  return murmur3OfUnits(`${salt}${unit}`);
}

/** 0 to 100, and 100 itself for the one hash of -2^31. */
function percentOf(salt: string, unit: string): number {
  return (Math.abs(hashOf(salt, unit) | 0) / 2 ** 31) * 100;
}

/** A part has its boundary, so one of weight 0 can have the place 0; and percents may round to less than 100. */
function compilePercents(parts: readonly SplitPart[]): VendorSplit {
  const weights = parts.map(({ weight = 1 }) => weight);
  const total = runningSums(weights).at(-1) ?? 0;
  const boundaries = runningSums(weights.map((weight) => (weight === 0 ? 0 : (weight * 100) / total)));
  return {
    shares: sharesOf(boundaries, 100),
    choose: (salt, unit) => (unit === undefined ? -1 : partUpTo(boundaries, percentOf(salt, unit))),
  };
}

/** floor(hash * total / 2^32) < sum, solved for the hash: so 64 bits are needed here alone, and once. */
function compileWholeWeights(parts: readonly SplitPart[]): VendorSplit {
  const weights = parts.map(({ weight = 1 }) => Math.max(0, weight));
  const sums = runningSums(weights);
  const total = sums.at(-1) ?? 0;
  const sound = weights.every(Number.isInteger) && total > 0 && total <= LARGEST_TOTAL;
  const boundaries = sums.map((sum) =>
    sound ? Number((BigInt(sum) * BigInt(HASHES) + BigInt(total - 1)) / BigInt(total)) : 0,
  );
  return {
    shares: sharesOf(boundaries, HASHES),
    choose: (salt, unit) => (unit === undefined ? -1 : partBelow(boundaries, hashOf(salt, unit))),
  };
}
