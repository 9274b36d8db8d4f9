import * as current from '@openfeature/flagd-core';
import { startFlagd } from '@sluice/cli/verify-import';
import { flagd1Importer, flagdImporter } from '@sluice/import';
import * as first from 'flagd-core-1';
import { describe } from 'vitest';
import { itAnswersAs } from '../differential.ts';
import { generateContexts } from './contexts.ts';
import { generateDefinitions } from './generate.ts';
import { outsideOf } from './outside.ts';
import { spoil } from './spoil.ts';

describe.each([
  { importer: flagdImporter, sdk: current, name: 'flagd-core 4' },
  { importer: flagd1Importer, sdk: first, name: 'flagd-core 1' },
])('an imported flagd file', ({ importer, sdk, name }) => {
  itAnswersAs({
    importer,
    sdk: name,
    seeds: 54,
    mostOutside: 1 / 3,
    generate(seed) {
      const { input, forSdk } = spoil(generateDefinitions(seed), seed);
      return {
        input,
        start: () => startFlagd(sdk, forSdk),
        contexts: (count) => generateContexts(seed, count),
        outside: ({ report }) => outsideOf(report),
        // Where something of a flag's targeting was lost, whoever gets that far gets the default variant.
        allows: ({ report }, key, { variant }) =>
          variant === (forSdk.flags[key]?.defaultVariant ?? undefined) &&
          report.notes.some(({ severity, path }) => severity === 'lost' && path[1] === key && path[2] === 'targeting'),
        definition: (key) => ({ flag: forSdk.flags[key], $evaluators: forSdk.$evaluators }),
      };
    },
  });
});
