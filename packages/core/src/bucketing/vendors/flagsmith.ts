import type { SplitPart } from '../../document/rollout.ts';
import { md5Modulo } from '../md5.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { partBelow, runningSums, sharesOf, withRestToLast } from './boundaries.ts';

/**
 * `flagsmith-2`: `getHashedPercentageForObjIds` of flagsmith-nodejs. The salt holds everything that is hashed before the unit,
 * commas too.
 */
export const flagsmith: VendorBucketing = {
  unitOf: (value) => (value ? `${value}` : undefined),
  place,
  scale: 100,
  placeWithoutUnit: undefined,
  enterBelow: (percentage) => percentage,
  percentages: false,
  entersWithoutUnit: () => true,
  compileSplit,
};

/** One of 9,999 places from 0 to 100. At the last of them the text is repeated until it has another. */
function place(salt: string, unit: string): number {
  const text = `${salt}${unit}`;
  let repeated = text;
  for (;;) {
    const percent = (md5Modulo(repeated, 9999) / 9998) * 100;
    if (percent !== 100) return percent;
    repeated += `,${text}`;
  }
}

/** The last part, the feature's own value, takes the rest and every unit that is missing. */
function compileSplit(parts: readonly SplitPart[]): VendorSplit {
  const boundaries = withRestToLast(runningSums(parts.map(({ weight = 0 }) => weight)));
  return {
    shares: sharesOf(boundaries, 100),
    choose: (salt, unit) => (unit === undefined ? parts.length - 1 : partBelow(boundaries, place(salt, unit))),
  };
}
