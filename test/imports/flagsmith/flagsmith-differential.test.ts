import { startFlagsmith } from '@sluice/cli/verify-import';
import { flagsmithImporter } from '@sluice/import';
import * as sdk from 'flagsmith-nodejs';
import { describe } from 'vitest';
import { itAnswersAs } from '../differential.ts';
import { generateContexts } from './contexts.ts';
import { generateEnvironment } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

describe('an imported Flagsmith environment', () => {
  itAnswersAs({
    importer: flagsmithImporter,
    sdk: 'flagsmith-nodejs',
    seeds: 54,
    mostOutside: 1 / 3,
    generate(seed) {
      const { input, forSdk } = spoil(generateEnvironment(seed), seed);
      return {
        input,
        start: () => startFlagsmith(sdk, forSdk),
        contexts: (count) => generateContexts(forSdk, seed, count),
        outside: ({ report }) => outsideOf(input, forSdk, report),
      };
    },
  });
});
