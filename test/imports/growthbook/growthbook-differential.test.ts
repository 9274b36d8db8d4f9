import * as sdk from '@growthbook/growthbook';
import { startGrowthBook } from '@sluice/cli/verify-import';
import { growthbookImporter } from '@sluice/import';
import { afterAll, beforeAll, describe } from 'vitest';
import { itAnswersAs } from '../differential.ts';
import { generateContexts } from './contexts.ts';
import { generatePayload } from './generate.ts';
import { outsideOf } from './outside.ts';
import { withoutLost, withoutLostNames } from './without-lost.ts';

// The SDK prints every unknown operator and odd weight, and the payloads hold many.
const { error } = console;
beforeAll(() => {
  console.error = () => {};
});
afterAll(() => {
  console.error = error;
});

describe('an imported GrowthBook payload', () => {
  itAnswersAs({
    importer: growthbookImporter,
    sdk: '@growthbook/growthbook',
    seeds: 50,
    mostOutside: 0.2,
    generate(seed) {
      const payload = generatePayload(seed + 1);
      return {
        input: payload,
        start: async (imported) =>
          withoutLostNames(await startGrowthBook(sdk, withoutLost(payload, imported)), imported),
        contexts: (count) => generateContexts(seed + 1, count),
        outside: (imported) => outsideOf(payload, imported),
        definition: (key) => payload.features[key],
      };
    },
  });
});
