import type { SplitPart } from '../../document/rollout.ts';
import { murmur3OfLowBytes } from '../murmur3.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { partUpTo, runningSums, sharesOf } from './boundaries.ts';

const SPLIT_SEED = 86028157;

/**
 * `unleash-1`: `normalizedStrategyValue` and `normalizedVariantValue` of unleash-client. One attribute is a stickiness by name;
 * several are the default stickiness, which draws lots for a unit that has none of them.
 */
export const unleash: VendorBucketing = {
  unitOf(value, purpose, alone) {
    if (alone) return value === undefined || value === null ? undefined : notEmpty(String(value));
    if (purpose === 'split') return typeof value === 'string' ? notEmpty(value) : undefined;
    return value ? `${value}` : undefined;
  },
  place: (salt, unit) => murmur3OfLowBytes(`${salt}:${unit}`, 0) % 100,
  scale: 100,
  placeWithoutUnit: undefined,
  // Unleash counts from 1: who is at 0 here enters at 1%, and half a percent lets nobody in.
  enterBelow: (percentage) => Math.min(Math.max(Math.floor(percentage), 0), 100),
  percentages: true,
  entersWithoutUnit: (everyone, alone) => everyone && !alone,
  compileSplit,
};

function notEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * Units that are missing get a random part from Unleash, another at every call. Here they get the empty unit's, always.
 * Shares are exact for whole weights, and the server takes no others.
 */
function compileSplit(parts: readonly SplitPart[]): VendorSplit {
  const counters = runningSums(parts.map(({ weight = 0 }) => weight));
  const total = counters.at(-1) ?? 0;
  return {
    shares: sharesOf(counters, total || 1),
    choose(salt, unit = '') {
      // A total of 0 makes a target that is not a number, which no counter reaches.
      const target = (murmur3OfLowBytes(`${salt}:${unit}`, SPLIT_SEED) % total) + 1;
      return partUpTo(counters, target);
    },
  };
}
