import { GrowthBookClient } from '@growthbook/growthbook';
import { BOOLEAN_FLAG, COUNTRIES, MODELS, OBJECT_FLAG, PERCENTAGE, PLAN } from '../job.mjs';

const coverage = PERCENTAGE / 100;

const features = {
  [OBJECT_FLAG]: {
    defaultValue: MODELS.control,
    rules: [
      { condition: { country: { $in: COUNTRIES } }, force: MODELS.strong },
      { condition: { plan: PLAN }, force: MODELS.strong },
      {
        key: OBJECT_FLAG,
        hashAttribute: 'id',
        hashVersion: 2,
        coverage,
        variations: [MODELS.fast, MODELS.strong],
        weights: [0.5, 0.5],
        meta: [{ key: 'fast' }, { key: 'strong' }],
      },
    ],
  },
  [BOOLEAN_FLAG]: { defaultValue: false, rules: [{ force: true, coverage, hashAttribute: 'id', hashVersion: 2 }] },
};

export const definitions = { features };

let userBuilt;

function userOf(id) {
  userBuilt = { attributes: { id, country: 'US', plan: 'free' } };
  return userBuilt;
}

export async function setUp() {
  const client = new GrowthBookClient().initSync({ payload: definitions });
  const resolve = async (key, defaultValue, { targetingKey, ...attributes }) => {
    const result = client.evalFeature(key, { attributes: { id: targetingKey, ...attributes } });
    return { value: result.value ?? defaultValue, variant: result.experimentResult?.key, reason: result.source };
  };
  return {
    object: (id) => client.evalFeature(OBJECT_FLAG, userOf(id)),
    boolean: (id) => client.evalFeature(BOOLEAN_FLAG, userOf(id)),
    valueOf: (result) => result.value,
    provider: () => ({
      metadata: { name: 'growthbook' },
      runsOn: 'server',
      resolveObjectEvaluation: resolve,
      resolveBooleanEvaluation: resolve,
    }),
  };
}
