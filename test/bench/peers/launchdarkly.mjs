import { basicLogger, init } from '@launchdarkly/node-server-sdk';
import { TestData } from '@launchdarkly/node-server-sdk/integrations';
import { BOOLEAN_FLAG, COUNTRIES, MODELS, OBJECT_FLAG, PERCENTAGE, PLAN } from '../job.mjs';

const share = PERCENTAGE * 1_000;

const rule = (id, attribute, values) => ({
  id,
  variation: 2,
  trackEvents: false,
  clauses: [{ contextKind: 'user', attribute, op: 'in', values, negate: false }],
});

const flag = (key, variations, rules, weights) => ({
  key,
  version: 1,
  on: true,
  salt: key,
  variations,
  rules,
  offVariation: 0,
  prerequisites: [],
  targets: [],
  contextTargets: [],
  fallthrough: {
    rollout: {
      kind: 'rollout',
      contextKind: 'user',
      variations: weights.map((weight, variation) => ({ variation, weight })),
    },
  },
});

const rules = [rule('country', 'country', COUNTRIES), rule('plan', 'plan', [PLAN])];
const models = [MODELS.control, MODELS.fast, MODELS.strong];

export const definitions = {
  flags: {
    [OBJECT_FLAG]: flag(OBJECT_FLAG, models, rules, [100_000 - share, share / 2, share / 2]),
    [BOOLEAN_FLAG]: flag(BOOLEAN_FLAG, [false, true], [], [100_000 - share, share]),
  },
  segments: {},
};

let contextBuilt;

function contextOf(id) {
  contextBuilt = { kind: 'user', key: id, country: 'US', plan: 'free' };
  return contextBuilt;
}

/** The SDK's own test data source holds the flags, so nothing is sent or fetched; evaluation is the SDK's as always. */
export async function setUp() {
  const data = new TestData();
  for (const each of Object.values(definitions.flags)) await data.usePreconfiguredFlag(structuredClone(each));
  const client = init('sdk-key', {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: basicLogger({ level: 'error' }),
  });
  await client.waitForInitialization({ timeout: 10 });
  const resolve = async (key, defaultValue, { targetingKey, ...attributes }) => {
    const detail = await client.variationDetail(key, { kind: 'user', key: targetingKey, ...attributes }, defaultValue);
    return { value: detail.value, variant: String(detail.variationIndex), reason: detail.reason.kind };
  };
  return {
    asynchronous: true,
    object: (id) => client.variationDetail(OBJECT_FLAG, contextOf(id), MODELS.control),
    boolean: (id) => client.variationDetail(BOOLEAN_FLAG, contextOf(id), false),
    valueOf: (detail) => detail.value,
    provider: () => ({
      metadata: { name: 'launchdarkly' },
      runsOn: 'server',
      resolveObjectEvaluation: resolve,
      resolveBooleanEvaluation: resolve,
    }),
  };
}
