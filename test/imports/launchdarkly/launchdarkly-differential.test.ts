import * as sdk from '@launchdarkly/node-server-sdk';
import { startLaunchDarkly } from '@sluice/cli/verify-import';
import { launchdarklyImporter } from '@sluice/import';
import { describe, expect } from 'vitest';
import { type Case, itAnswersAs } from '../differential.ts';
import { generateContexts } from './contexts.ts';
import { generatePayload } from './generate.ts';
import { outsideOf } from './outside.ts';

/** Payloads up to here, and then once something that is none. */
const PAYLOADS = 80;

const noPayload: Case = {
  input: [],
  start: () => startLaunchDarkly(sdk, []),
  contexts: () => [],
  outside: () => () => false,
};

describe('an imported LaunchDarkly payload', () => {
  itAnswersAs({
    importer: launchdarklyImporter,
    sdk: '@launchdarkly/node-server-sdk',
    seeds: PAYLOADS + 1,
    mostOutside: 0.5,
    generate(seed) {
      if (seed === PAYLOADS) return noPayload;
      const payload = generatePayload(seed);
      const input = seed % 3 === 0 ? { path: '/', data: payload } : payload;
      return {
        input,
        start: () => startLaunchDarkly(sdk, input),
        contexts: (count) => generateContexts(payload, seed, count),
        outside: ({ report }, oracle) => outsideOf(payload, report, oracle),
        check({ document, report }) {
          expect(document).toBeDefined();
          const lost = report.notes.filter(({ severity }) => severity === 'lost').map(({ path }) => String(path[1]));
          expect(lost.filter((name) => !/^(odd-|another)/.test(name))).toEqual([]);
        },
        definition: (key) => payload.flags[key],
      };
    },
  });
});
