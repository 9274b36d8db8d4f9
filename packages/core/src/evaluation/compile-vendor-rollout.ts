import { type Part, POSITIONS } from '../bucketing/bucket.ts';
import type { VendorBucketing, VendorSplit } from '../bucketing/vendor-bucketing.ts';
import { vendorBucketings } from '../bucketing/vendor-bucketings.ts';
import { type AttributeReader, attributeReader, type Context } from '../conditions/attribute.ts';
import type { Flag } from '../document/flag.ts';
import type { BucketingName, Rollout, SplitPart } from '../document/rollout.ts';

/** How a vendor places the units of one rollout. */
export interface VendorRollout {
  readonly bucketing: VendorBucketing;
  readonly salt: string;
  readonly splitSalt: string;
  readonly units: readonly AttributeReader[];
  readonly splitUnits: readonly AttributeReader[];
  /** Absent where the rollout serves one variant. */
  readonly split: VendorSplit | undefined;
}

export function compileVendorRollout(
  name: Exclude<BucketingName, 'sluice-1'>,
  rollout: Rollout,
  { flag, salt: flagSalt }: { readonly flag: Flag; readonly salt: string },
): VendorRollout {
  const bucketing = vendorBucketings[name];
  const salt = rollout.salt ?? flagSalt;
  const unit = rollout.unit ?? flag.unit ?? 'targetingKey';
  const units = readersOf(unit);
  return {
    bucketing,
    salt,
    splitSalt: rollout.splitSalt ?? salt,
    units,
    splitUnits: rollout.splitUnit === undefined ? units : readersOf(rollout.splitUnit),
    split: Array.isArray(rollout.split) ? bucketing.compileSplit(rollout.split) : undefined,
  };
}

function readersOf(unit: string | readonly string[]): readonly AttributeReader[] {
  return (typeof unit === 'string' ? [unit] : unit).map(attributeReader);
}

/** The vendor's parts with their shares, and boundaries for readers: only the vendor's own walk decides. */
export function vendorParts({ split }: VendorRollout, written: Rollout['split']): readonly Part[] {
  let cumulated = 0;
  return ((written ?? []) as readonly SplitPart[]).map(({ variant }, index) => {
    const share = split?.shares[index] ?? 0;
    cumulated += share;
    return { variant, below: cumulated * POSITIONS, share };
  });
}

/** The unit as the vendor would hash it: of the first attribute in which it finds one. */
export function vendorUnit(
  { bucketing }: VendorRollout,
  units: readonly AttributeReader[],
  purpose: 'enter' | 'split',
  context: Context,
): string | undefined {
  const alone = units.length === 1;
  for (const read of units) {
    const unit = bucketing.unitOf(read(context), purpose, alone);
    if (unit !== undefined) return unit;
  }
  return undefined;
}
