import { constant, inMemory } from './floors.mjs';

/** Each is loaded in its own processes only. A package's name stands for a version to print. */
export const peers = {
  constant: { load: async () => constant },
  'constant again': { load: async () => constant },
  'in-memory': { load: async () => inMemory, package: '@openfeature/server-sdk' },
  sluice: { load: () => import('./sluice.mjs'), package: '@sluice/core' },
  'flagd-core': { load: () => import('./flagd.mjs'), package: '@openfeature/flagd-core' },
  flagsmith: { load: () => import('./flagsmith.mjs'), package: 'flagsmith-nodejs' },
  growthbook: { load: () => import('./growthbook.mjs'), package: '@growthbook/growthbook' },
  imported: { load: () => import('./imported.mjs'), package: '@sluice/import' },
  launchdarkly: { load: () => import('./launchdarkly.mjs'), package: '@launchdarkly/node-server-sdk' },
  unleash: { load: () => import('./unleash.mjs'), package: 'unleash-client' },
};
