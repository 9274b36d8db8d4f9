import { FlagdCore } from '@openfeature/flagd-core';
import {
  BOOLEAN_FLAG,
  COUNTRIES,
  contextOf,
  fillerKeys,
  fillerPayloads,
  MODELS,
  OBJECT_FLAG,
  PERCENTAGE,
  PLAN,
} from '../job.mjs';

const targeting = (served, shares) => ({
  if: [
    { in: [{ var: 'country' }, COUNTRIES] },
    served,
    { '==': [{ var: 'plan' }, PLAN] },
    served,
    { fractional: shares },
  ],
});

function configurationWith(fillers) {
  const rest = 100 - PERCENTAGE;
  const half = PERCENTAGE / 2;
  const flags = {
    [OBJECT_FLAG]: {
      state: 'ENABLED',
      variants: MODELS,
      defaultVariant: 'control',
      targeting: targeting('strong', [
        ['fast', half],
        ['strong', half],
        ['control', rest],
      ]),
    },
    [BOOLEAN_FLAG]: {
      state: 'ENABLED',
      variants: { on: true, off: false },
      defaultVariant: 'off',
      targeting: {
        fractional: [
          ['on', PERCENTAGE],
          ['off', rest],
        ],
      },
    },
  };
  for (const key of fillerKeys(fillers)) {
    flags[key] = {
      state: 'ENABLED',
      variants: fillerPayloads(key),
      defaultVariant: 'control',
      targeting: targeting('candidate', [
        ['candidate', half],
        ['control', half + rest],
      ]),
    };
  }
  return { $schema: 'https://flagd.dev/schema/v0/flags.json', flags };
}

export const definitions = configurationWith(0);

export async function setUp() {
  const core = load(flagsText(2));
  return {
    object: (id) => core.resolveObjectEvaluation(OBJECT_FLAG, MODELS.control, contextOf(id)),
    boolean: (id) => core.resolveBooleanEvaluation(BOOLEAN_FLAG, false, contextOf(id)),
    valueOf: (resolution) => resolution.value,
    provider: () => ({
      metadata: { name: 'flagd-core' },
      runsOn: 'server',
      resolveObjectEvaluation: async (key, value, context, logger) =>
        core.resolveObjectEvaluation(key, value, context, logger),
      resolveBooleanEvaluation: async (key, value, context, logger) =>
        core.resolveBooleanEvaluation(key, value, context, logger),
    }),
  };
}

export const flagsText = (count) => JSON.stringify(configurationWith(count - 2));

/** `setConfigurations` validates against flagd's schemas, and compiles the targeting. */
export function load(text) {
  const core = new FlagdCore();
  core.setConfigurations(text);
  return core;
}

export const countOf = (loaded) => loaded.getFlags().size;
