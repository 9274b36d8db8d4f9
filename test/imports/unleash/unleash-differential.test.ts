import { startUnleash } from '@sluice/cli/verify-import';
import { unleashImporter } from '@sluice/import';
import sdk from 'unleash-client';
import { describe } from 'vitest';
import { itAnswersAs } from '../differential.ts';
import { generateContexts } from './contexts.ts';
import { generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

describe('an imported Unleash export', () => {
  itAnswersAs({
    importer: unleashImporter,
    sdk: 'unleash-client',
    seeds: 54,
    mostOutside: 0.2,
    generate(seed) {
      const { input, definitions } = spoil(generateDefinitions(seed), seed);
      return {
        input,
        start: () => startUnleash(sdk, input),
        contexts: (count) => generateContexts(seed, count),
        outside: ({ report }) => outsideOf(input, definitions, report),
      };
    },
  });
});
