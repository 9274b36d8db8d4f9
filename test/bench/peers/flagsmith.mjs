import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Flagsmith, LocalFileHandler } from 'flagsmith-nodejs';
import { BOOLEAN_FLAG, COUNTRIES, MODELS, OBJECT_FLAG, PERCENTAGE, PLAN } from '../job.mjs';

const features = { [OBJECT_FLAG]: { id: 1, type: 'MULTIVARIATE' }, [BOOLEAN_FLAG]: { id: 2, type: 'STANDARD' } };

let states = 0;

function state(name, enabled, value, variants = []) {
  states++;
  return {
    feature: { ...features[name], name },
    enabled,
    django_id: states,
    featurestate_uuid: `00000000-0000-4000-8000-${String(states).padStart(12, '0')}`,
    feature_state_value: value,
    feature_segment: null,
    multivariate_feature_state_values: variants.map(([model, percentage], index) => ({
      id: index + 1,
      mv_fs_value_uuid: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
      percentage_allocation: percentage,
      multivariate_feature_option: { id: index + 1, value: JSON.stringify(MODELS[model]) },
    })),
  };
}

const segment = (id, condition, override) => ({
  id,
  name: `segment-${id}`,
  rules: [{ type: 'ALL', rules: [], conditions: [condition] }],
  feature_states: [{ ...override, feature_segment: { priority: id } }],
});

/** Values are text in Flagsmith: the payloads are JSON that somebody has to parse. */
export const definitions = {
  id: 1,
  api_key: 'environment',
  name: 'bench',
  allow_client_traits: true,
  feature_states: [
    state(OBJECT_FLAG, true, JSON.stringify(MODELS.control), [
      ['fast', PERCENTAGE / 2],
      ['strong', PERCENTAGE / 2],
    ]),
    state(BOOLEAN_FLAG, false, null),
  ],
  identity_overrides: [],
  project: {
    id: 1,
    name: 'bench',
    hide_disabled_flags: false,
    organisation: {
      id: 1,
      name: 'bench',
      feature_analytics: false,
      stop_serving_flags: false,
      persist_trait_data: true,
    },
    segments: [
      segment(
        1,
        { operator: 'IN', property_: 'country', value: COUNTRIES.join(',') },
        state(OBJECT_FLAG, true, JSON.stringify(MODELS.strong)),
      ),
      segment(
        2,
        { operator: 'EQUAL', property_: 'plan', value: PLAN },
        state(OBJECT_FLAG, true, JSON.stringify(MODELS.strong)),
      ),
      segment(
        3,
        { operator: 'PERCENTAGE_SPLIT', property_: null, value: String(PERCENTAGE) },
        state(BOOLEAN_FLAG, true, null),
      ),
    ],
  },
};

let contextBuilt;

/** As Flagsmith's OpenFeature provider takes a context. */
export function contextFor(id) {
  contextBuilt = { targetingKey: id, traits: { country: 'US', plan: 'free' } };
  return contextBuilt;
}

export const readValue = (value) => (typeof value === 'string' ? JSON.parse(value) : value);

export async function setUp() {
  const client = new Flagsmith({ offlineMode: true, offlineHandler: handlerOf(definitions) });
  const ask = async (id, flag, read) => {
    const { targetingKey, traits } = contextFor(id);
    return read(await client.getIdentityFlags(targetingKey, traits), flag);
  };
  return {
    asynchronous: true,
    object: (id) => ask(id, OBJECT_FLAG, (flags, flag) => flags.getFeatureValue(flag)),
    boolean: (id) => ask(id, BOOLEAN_FLAG, (flags, flag) => flags.isFeatureEnabled(flag)),
    valueOf: readValue,
  };
}

/** The SDK reads an environment from a file only. */
function handlerOf(environment) {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const path = join(directory, 'environment.json');
    writeFileSync(path, JSON.stringify(environment));
    return new LocalFileHandler(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
