import { startPercentages } from '@sluice/cli/verify-import';
import { percentagesImporter } from '@sluice/import';
import { describe } from 'vitest';
import { itAnswersAs } from '../differential.ts';
import { generateSettings, generateUsers } from './generate.ts';

describe('an imported setting of home-grown percentages', () => {
  itAnswersAs({
    importer: percentagesImporter,
    sdk: 'the code',
    seeds: 100,
    mostOutside: 0,
    generate(seed) {
      const settings = generateSettings(seed + 1);
      return {
        input: settings,
        start: () => startPercentages(undefined, settings),
        contexts: (count) => generateUsers(seed + 1, count),
        outside: () => () => false,
        definition: (key) => settings[key],
      };
    },
  });
});
