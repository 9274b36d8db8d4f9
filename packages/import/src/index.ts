export { flagd1Importer, flagdImporter } from './flagd/flagd-importer.ts';
export { flagsmithImporter } from './flagsmith/flagsmith-importer.ts';
export { growthbookImporter } from './growthbook/growthbook-importer.ts';
export type { Importer, ImportNote, ImportOptions, ImportReport, ImportResult, VendorName } from './import-report.ts';
export { launchdarklyImporter } from './launchdarkly/launchdarkly-importer.ts';
export { percentagesImporter } from './percentages/percentages-importer.ts';
export type { ProbeOptions } from './probe/probes.ts';
export { probes } from './probe/probes.ts';
export { unleashImporter } from './unleash/unleash-importer.ts';
