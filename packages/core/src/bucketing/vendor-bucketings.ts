import type { BucketingName } from '../document/rollout.ts';
import type { VendorBucketing } from './vendor-bucketing.ts';
import { flagd1, flagd2 } from './vendors/flagd.ts';
import { flagsmith } from './vendors/flagsmith.ts';
import { growthbook1, growthbook2 } from './vendors/growthbook.ts';
import { launchdarkly } from './vendors/launchdarkly.ts';
import { md5Percent } from './vendors/md5-percent.ts';
import { unleash } from './vendors/unleash.ts';

/** Every vendor's algorithm by its name in a document. */
export const vendorBucketings: Readonly<Record<Exclude<BucketingName, 'sluice-1'>, VendorBucketing>> = {
  'launchdarkly-1': launchdarkly,
  'unleash-1': unleash,
  'flagsmith-2': flagsmith,
  'flagd-1': flagd1,
  'flagd-2': flagd2,
  'growthbook-1': growthbook1,
  'growthbook-2': growthbook2,
  'md5-percent-1': md5Percent,
};
