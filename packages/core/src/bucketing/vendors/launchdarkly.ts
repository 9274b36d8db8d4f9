import type { SplitPart } from '../../document/rollout.ts';
import { sha1 } from '../sha1.ts';
import type { VendorBucketing, VendorSplit } from '../vendor-bucketing.ts';
import { partBelow, runningSums, sharesOf, withRestToLast } from './boundaries.ts';

/** `launchdarkly-1`: `Bucketer` of LaunchDarkly's Node server SDK. A unit that it cannot hash is at 0. */
export const launchdarkly: VendorBucketing = {
  unitOf: (value) => (typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined),
  place,
  scale: 1,
  placeWithoutUnit: 0,
  enterBelow: (percentage) => percentage / 100,
  percentages: false,
  entersWithoutUnit: (everyone) => everyone,
  compileSplit,
};

const digest = new Int32Array(5);

/** The first 15 hexadecimal digits over fifteen `f`, which as a double are 2^60. */
function place(salt: string, unit: string): number {
  sha1(`${salt}.${unit}`, digest);
  return (((digest[0] as number) >>> 0) * 2 ** 28 + ((digest[1] as number) >>> 4)) / 2 ** 60;
}

function compileSplit(parts: readonly SplitPart[]): VendorSplit {
  const boundaries = withRestToLast(runningSums(parts.map(({ weight = 0 }) => weight / 100_000)));
  return {
    shares: sharesOf(boundaries, 1),
    choose: (salt, unit) => partBelow(boundaries, unit === undefined ? 0 : place(salt, unit)),
  };
}
