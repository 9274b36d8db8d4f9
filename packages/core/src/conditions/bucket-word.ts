import { POSITIONS, unitOf } from '../bucketing/bucket.ts';
import { xxh32 } from '../bucketing/hash.ts';
import type { VendorBucketing } from '../bucketing/vendor-bucketing.ts';
import { vendorBucketings } from '../bucketing/vendor-bucketings.ts';
import type { Bucket } from '../document/condition.ts';
import { type AttributeReader, attributeReader, type Context } from './attribute.ts';

/** Where a context's unit is; `undefined`: nowhere. */
type Place = (context: Context) => number | undefined;

/** Whether a context's unit is in one of the bucket's ranges. */
export function compileBucket(bucket: Bucket): (context: Context) => boolean {
  const { bucketing = 'sluice-1', unit = 'targetingKey', salt } = bucket;
  const readers = (typeof unit === 'string' ? [unit] : unit).map(attributeReader);
  const place =
    bucketing === 'sluice-1' ? ownPlace(salt, readers) : vendorPlace(vendorBucketings[bucketing], salt, readers);
  const ranges = bucket.ranges.map(([from, below]) => ({ from, below }));
  return (context) => {
    const at = place(context);
    return at !== undefined && ranges.some(({ from, below }) => at >= from && at < below);
  };
}

/** `sluice-1`: a seed of its own, so that the units of a bucket are in every rollout and split as other units are. */
function ownPlace(salt: string, readers: readonly AttributeReader[]): Place {
  const seed = xxh32(`bucket:${salt}`, 0);
  return (context) => {
    const unit = first(readers, context, unitOf);
    return unit === undefined ? undefined : xxh32(unit, seed) / POSITIONS;
  };
}

function vendorPlace(vendor: VendorBucketing, salt: string, readers: readonly AttributeReader[]): Place {
  const alone = readers.length === 1;
  const unitOf = (value: unknown) => vendor.unitOf(value, 'enter', alone);
  return (context) => {
    const unit = first(readers, context, unitOf);
    return unit === undefined ? vendor.placeWithoutUnit : vendor.place(salt, unit);
  };
}

function first(
  readers: readonly AttributeReader[],
  context: Context,
  unitOf: (value: unknown) => string | undefined,
): string | undefined {
  for (const read of readers) {
    const unit = unitOf(read(context));
    if (unit !== undefined) return unit;
  }
  return undefined;
}
