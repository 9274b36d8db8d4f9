import { type BucketingName, type Flag, type Path, type Rollout, type SplitPart, vendorBucketings } from '@sluice/core';
import type { TextEdit } from '@sluice/core/text';
import { controlOf } from './named-flag.ts';
import { OperationError } from './operations.ts';

type Vendor = Exclude<BucketingName, 'sluice-1'>;

/** Into how many places a vendor puts units where it knows a percentage. */
const placesOf: Readonly<Partial<Record<Vendor, number>>> = {
  'unleash-1': 100,
  'md5-percent-1': 100,
  'growthbook-1': 1_000,
  'growthbook-2': 10_000,
};

/** What the weights of the other vendors' splits are parts of, and the smallest that means something; flagd's only have a ratio. */
const weightsOf: Readonly<Partial<Record<Vendor, { readonly total?: number; readonly step: number }>>> = {
  'launchdarkly-1': { total: 100_000, step: 1 },
  'flagsmith-2': { total: 100, step: 0.01 },
  'flagd-1': { step: 1 },
  'flagd-2': { step: 1 },
};

/** The vendor's name where the rollout is one that was imported. */
export function vendorOf(flag: Flag, rollout: Rollout): Vendor | undefined {
  const bucketing = rollout.bucketing ?? flag.bucketing ?? 'sluice-1';
  return bucketing === 'sluice-1' ? undefined : bucketing;
}

/** The percentage that an imported rollout has now, wherever its vendor keeps it. */
export function vendorShare(what: string, flag: Flag, rollout: Rollout, vendor: Vendor): number {
  if (placesOf[vendor] !== undefined) return rollout.percentage;
  return pairOf(what, flag, rollout, vendor).share;
}

/** How an imported rollout gets another percentage without moving a unit that it need not move. */
export function vendorEdits(
  what: string,
  flag: Flag,
  rollout: Rollout,
  path: Path,
  percentage: number,
  vendor: Vendor,
): readonly TextEdit[] {
  if (placesOf[vendor] !== undefined) {
    // All but Unleash place a unit once for both questions, so a percentage would cut the last parts of a split off.
    if (rollout.split !== undefined && vendor !== 'unleash-1') {
      throw refusal(what, vendor, 'its split says who enters as well');
    }
    requirePlaces(what, percentage, vendor);
    return [{ path: [...path, 'percentage'], value: percentage }];
  }
  const { candidate, control, total, step } = pairOf(what, flag, rollout, vendor);
  const steps = Math.round((total * percentage) / 100 / step);
  if (Math.abs(steps * step - (total * percentage) / 100) > step * 1e-6) {
    throw new OperationError(`${what} is bucketed by ${vendor}, ${goesIn((100 * step) / total)}.`);
  }
  const rest = Math.round(total / step) - steps;
  return [
    { path: [...path, 'split', candidate, 'weight'], value: multiple(steps, step) },
    { path: [...path, 'split', control, 'weight'], value: multiple(rest, step) },
  ];
}

/** @throws {OperationError} for a percentage that the vendor would round to another. */
export function requirePlaces(what: string, percentage: number, vendor: Vendor): void {
  const places = placesOf[vendor];
  if (places === undefined) throw refusal(what, vendor, 'it knows no percentage, only the weights of a split');
  const units = (percentage * places) / 100;
  if (Math.abs(units - Math.round(units)) < 1e-6) return;
  throw new OperationError(`${what} is bucketed by ${vendor}, ${goesIn(100 / places)}.`);
}

/**
 * The two parts of a split between control and one other: there a shift of weight moves the one boundary, and so units in
 * one direction only. With a third part, units would move between variants.
 */
function pairOf(what: string, flag: Flag, { split }: Rollout, vendor: Vendor) {
  const parts = Array.isArray(split) ? (split as readonly SplitPart[]) : [];
  const control = parts.findIndex(({ variant }) => variant === controlOf(flag));
  const candidate = parts.findIndex(({ variant }) => variant !== controlOf(flag));
  const weights = weightsOf[vendor];
  if (weights === undefined || parts.length !== 2 || control < 0 || candidate < 0) {
    throw refusal(what, vendor, 'it has no split between control and one other variant');
  }
  const share = vendorBucketings[vendor].compileSplit(parts).shares[candidate] ?? 0;
  const total = weights.total ?? parts.reduce((sum, { weight = 1 }) => sum + weight, 0);
  // Of places that were counted, so 2% may be 2.00000001%.
  return { control, candidate, total, step: weights.step, share: Number((share * 100).toFixed(6)) };
}

/** In steps of a hundredth, 33.3 is 3330 times one, and not 33.300000000000004. */
function multiple(steps: number, step: number): number {
  return step === 1 ? steps : steps / Math.round(1 / step);
}

function goesIn(step: number): string {
  return `which goes in steps of ${Number(step.toPrecision(6))}%; choose a multiple of that`;
}

function refusal(what: string, vendor: Vendor, why: string): OperationError {
  return new OperationError(
    `${what} is bucketed by ${vendor}, and ${why}, so no percentage can be set without moving other units. Edit the split in the document, or give the flag a rollout of sluice-1, which buckets every unit anew.`,
  );
}
