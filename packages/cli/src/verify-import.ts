export type { CompareOptions, Comparison, Difference, FlagDifferences } from './verify-import/compare.ts';
export { compare } from './verify-import/compare.ts';
export { startFlagd } from './verify-import/flagd-oracle.ts';
export { startFlagsmith } from './verify-import/flagsmith-oracle.ts';
export { startGrowthBook } from './verify-import/growthbook-oracle.ts';
export { startLaunchDarkly } from './verify-import/launchdarkly-oracle.ts';
export { startPercentages } from './verify-import/percentages-oracle.ts';
export { startUnleash } from './verify-import/unleash-oracle.ts';
export type { StartOracle, VendorAnswer, VendorOracle } from './verify-import/vendor-oracle.ts';
