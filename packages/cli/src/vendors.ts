import {
  flagd1Importer,
  flagdImporter,
  flagsmithImporter,
  growthbookImporter,
  type Importer,
  launchdarklyImporter,
  percentagesImporter,
  unleashImporter,
} from '@sluice/import';
import { InvalidArgumentError } from 'commander';
import { startFlagd } from './verify-import/flagd-oracle.ts';
import { startFlagsmith } from './verify-import/flagsmith-oracle.ts';
import { startGrowthBook } from './verify-import/growthbook-oracle.ts';
import { startLaunchDarkly } from './verify-import/launchdarkly-oracle.ts';
import { startPercentages } from './verify-import/percentages-oracle.ts';
import { startUnleash } from './verify-import/unleash-oracle.ts';
import type { StartOracle } from './verify-import/vendor-oracle.ts';

export interface Vendor {
  readonly importer: Importer;
  /** The package whose answers an import is compared with; `undefined` where there is none. */
  readonly sdk: string | undefined;
  readonly start: StartOracle;
}

const vendors: Readonly<Record<string, Vendor>> = {
  launchdarkly: { importer: launchdarklyImporter, sdk: '@launchdarkly/node-server-sdk', start: startLaunchDarkly },
  unleash: { importer: unleashImporter, sdk: 'unleash-client', start: startUnleash },
  flagsmith: { importer: flagsmithImporter, sdk: 'flagsmith-nodejs', start: startFlagsmith },
  flagd: { importer: flagdImporter, sdk: '@openfeature/flagd-core', start: startFlagd },
  'flagd-1': { importer: flagd1Importer, sdk: '@openfeature/flagd-core', start: startFlagd },
  growthbook: { importer: growthbookImporter, sdk: '@growthbook/growthbook', start: startGrowthBook },
  percentages: { importer: percentagesImporter, sdk: undefined, start: startPercentages },
};

export const vendorNames: string = Object.keys(vendors).join(', ');

export function parseVendor(name: string): Vendor {
  const vendor = Object.hasOwn(vendors, name) ? vendors[name] : undefined;
  if (vendor === undefined) throw new InvalidArgumentError(`It has to be one of ${vendorNames}.`);
  return vendor;
}
