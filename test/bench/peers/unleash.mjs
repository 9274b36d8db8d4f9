import { once } from 'node:events';
import { InMemStorageProvider, Unleash } from 'unleash-client';
import { BOOLEAN_FLAG, COUNTRIES, MODELS, OBJECT_FLAG, PERCENTAGE, PLAN } from '../job.mjs';

const variant = (name) => ({
  name,
  weight: 500,
  weightType: 'variable',
  stickiness: 'userId',
  payload: { type: 'json', value: JSON.stringify(MODELS[name]) },
});

const strategy = (flag, rollout, constraints, variants = []) => ({
  name: 'flexibleRollout',
  parameters: { rollout: String(rollout), stickiness: 'userId', groupId: flag },
  constraints,
  variants,
});

const constraint = (contextName, values) => ({ contextName, operator: 'IN', values, inverted: false });

const features = [
  {
    name: OBJECT_FLAG,
    type: 'experiment',
    enabled: true,
    impressionData: false,
    strategies: [
      strategy(OBJECT_FLAG, 100, [constraint('country', COUNTRIES)], [variant('strong')]),
      strategy(OBJECT_FLAG, 100, [constraint('plan', [PLAN])], [variant('strong')]),
      strategy(OBJECT_FLAG, PERCENTAGE, [], [variant('fast'), variant('strong')]),
    ],
  },
  {
    name: BOOLEAN_FLAG,
    type: 'release',
    enabled: true,
    impressionData: false,
    strategies: [strategy(BOOLEAN_FLAG, PERCENTAGE, [])],
  },
];

export const definitions = { version: 2, features };

let contextBuilt;

function contextOf(id) {
  contextBuilt = { userId: id, properties: { country: 'US', plan: 'free' } };
  return contextBuilt;
}

/** A refresh interval of zero makes the client live on its bootstrap, without a request. */
export async function setUp() {
  const unleash = new Unleash({
    appName: 'bench',
    url: 'http://127.0.0.1:9/api',
    refreshInterval: 0,
    disableMetrics: true,
    bootstrap: { data: features },
    storageProvider: new InMemStorageProvider(),
  });
  await once(unleash, 'ready');
  // A payload is text until somebody parses it; outside the rollout there is none, and the caller's default is served.
  const modelFor = (key, defaultValue, context) => {
    const { enabled, payload } = unleash.getVariant(key, context);
    return enabled && payload !== undefined ? JSON.parse(payload.value) : defaultValue;
  };
  const translate = ({ targetingKey, ...properties }) => ({ userId: targetingKey, properties });
  return {
    object: (id) => modelFor(OBJECT_FLAG, MODELS.control, contextOf(id)),
    boolean: (id) => unleash.isEnabled(BOOLEAN_FLAG, contextOf(id)),
    valueOf: (value) => value,
    provider: () => ({
      metadata: { name: 'unleash' },
      runsOn: 'server',
      resolveObjectEvaluation: async (key, value, context) => ({ value: modelFor(key, value, translate(context)) }),
      resolveBooleanEvaluation: async (key, value, context) => ({
        value: unleash.isEnabled(key, translate(context), value),
      }),
    }),
  };
}
