import type { SplitPart } from '../../document/rollout.ts';
import { md5Modulo } from '../md5.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { partBelow, runningSums, sharesOf } from './boundaries.ts';

/** `md5-percent-1`: the home-grown `int(md5("flag:user"), 16) % 100 < percentage`. */
export const md5Percent: VendorBucketing = {
  unitOf: (value) =>
    (typeof value === 'string' && value !== '') || Number.isSafeInteger(value) ? String(value) : undefined,
  place,
  scale: 100,
  placeWithoutUnit: undefined,
  enterBelow: (percentage) => Math.min(Math.max(Math.ceil(percentage), 0), 100),
  percentages: true,
  entersWithoutUnit: (everyone) => everyone,
  compileSplit,
};

function place(salt: string, unit: string): number {
  return md5Modulo(`${salt}:${unit}`, 100);
}

/** Weights are percents too, and whom they leave over gets none. */
function compileSplit(parts: readonly SplitPart[]): VendorSplit {
  const boundaries = runningSums(parts.map(({ weight = 0 }) => weight)).map(Math.ceil);
  return {
    shares: sharesOf(boundaries, 100),
    choose: (salt, unit) => (unit === undefined ? -1 : partBelow(boundaries, place(salt, unit))),
  };
}
