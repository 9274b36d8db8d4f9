/**
 * How units are spread. `sluice-1` is ours; each other name is a vendor's, so that units imported from it stay where they are.
 * The number is the algorithm's, not the SDK's. None ever changes meaning.
 */
export type BucketingName = (typeof bucketingNames)[number];

export const bucketingNames = [
  'sluice-1',
  'launchdarkly-1',
  'unleash-1',
  'flagsmith-2',
  'flagd-1',
  'flagd-2',
  'growthbook-1',
  'growthbook-2',
  'md5-percent-1',
] as const;

/** Vendors' algorithms that spread all units over a split, and know no percentage of their own. */
export const splittingOnly: readonly BucketingName[] = ['launchdarkly-1', 'flagsmith-2', 'flagd-1', 'flagd-2'];

export interface Rollout {
  /** @default the flag's */
  readonly bucketing?: BucketingName;
  /** Share of the units that enter, 0 to 100, to 2^-32. */
  readonly percentage: number;
  /** The variant they get; or else `split`. */
  readonly serve?: string;
  /** Variant to relative weight; with a vendor's bucketing a list, because there its order decides. */
  readonly split?: Readonly<Record<string, number>> | readonly SplitPart[];
  /** Incremented by every writer; without it, a hash of what a stage may not change. */
  readonly stage?: number;
  /** Only with a vendor's bucketing: what is hashed before the unit. @default the flag's */
  readonly salt?: string;
  /** Only with a vendor's bucketing: of several attributes the first that is there; of none, every unit is missing. @default the flag's */
  readonly unit?: string | readonly string[];
  /** Only with `unleash-1`, which chooses in the split by a group and an attribute of its own. @default `salt` */
  readonly splitSalt?: string;
  /** @default `unit` */
  readonly splitUnit?: string | readonly string[];
}

/** One part of a vendor's split: a weight in that vendor's own units, or for `growthbook-*` also a range from 0 to 1. */
export interface SplitPart {
  readonly variant: string;
  readonly weight?: number;
  readonly from?: number;
  readonly below?: number;
}

/** How a rollout opens by itself: by the flag's kind, or written out. */
export type Ramp = 'auto' | { readonly steps: readonly RampStep[] };

export interface RampStep {
  readonly percentage: number;
  readonly holdHours: number;
}
