import type { Context, JsonValue } from '@sluice/core';
import type { StartOracle, VendorAnswer } from './vendor-oracle.ts';

/** Of @growthbook/growthbook 1, what is asked here. */
interface GrowthBookSdk {
  readonly GrowthBookClient: new () => Client;
}

interface Client {
  initSync(options: { readonly payload: unknown }): unknown;
  evalFeature(key: string, user: { readonly attributes: Readonly<Record<string, unknown>> }): Result;
  destroy(): void;
}

interface Result {
  readonly value: JsonValue;
  readonly source: string;
  readonly experimentResult?: { readonly key: string };
}

/** The SDK on the payload, so that it loads nothing; without a service for sticky buckets, so that it remembers nothing. */
export const startGrowthBook: StartOracle = async (sdk, input) => {
  const client = new (sdk as GrowthBookSdk).GrowthBookClient();
  client.initSync({ payload: input });
  const keeping = keepsKeys(input);
  return {
    name: '@growthbook/growthbook',
    ask(flag, context) {
      const result = evaluated(client, flag, context);
      if (result === undefined) return { value: undefined };
      const { value, source, experimentResult } = result;
      const answer: VendorAnswer = { value: value ?? undefined };
      const kept = source === 'experiment' && value !== null && keeping.has(flag);
      return kept ? { ...answer, variant: experimentResult?.key } : answer;
    },
    close: async () => client.destroy(),
  };
};

/** Where the SDK throws, as it does for some payloads that its API would not send, an application has its default. */
function evaluated(client: Client, flag: string, context: Context): Result | undefined {
  try {
    return client.evalFeature(flag, { attributes: attributesOf(context) });
  } catch {
    return undefined;
  }
}

/** `id` is the unit, whatever else the context calls so. */
function attributesOf(context: Context): Readonly<Record<string, unknown>> {
  const { id: _, ...attributes } = context;
  const { targetingKey } = context;
  return targetingKey === undefined ? attributes : { ...attributes, id: targetingKey };
}

/**
 * Features whose variants are called as GrowthBook calls them: those with one experiment, in which no two variations share
 * a key. Of several experiments, the second may need other names.
 */
function keepsKeys(input: unknown): ReadonlySet<string> {
  const features = Object.entries(fieldsOf(fieldsOf(input)['features']));
  const keeping = features.filter(([, feature]) => {
    const rules = listOf(fieldsOf(feature)['rules']).map(fieldsOf);
    const experiments = rules.filter((rule) => !Object.hasOwn(rule, 'force') && variationsOf(rule).length > 1);
    const keys = experiments.flatMap((rule) =>
      variationsOf(rule).map((_, index) => fieldsOf(listOf(rule['meta'])[index])['key'] || `${index}`),
    );
    return experiments.length === 1 && new Set(keys).size === keys.length;
  });
  return new Set(keeping.map(([key]) => key));
}

function variationsOf(rule: Fields): readonly unknown[] {
  return listOf(rule['contextualVariations'] ?? rule['variations']);
}

type Fields = Readonly<Record<string, unknown>>;

/** Of input that may be anything. */
function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
