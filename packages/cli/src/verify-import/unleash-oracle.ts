import type { Context, JsonValue } from '@sluice/core';
import { clientFeatures, type Variant, variantLists } from './unleash-input.ts';
import type { VendorAnswer, VendorOracle } from './vendor-oracle.ts';

/** The part of unleash-client that is asked here. */
interface UnleashSdk {
  readonly Unleash: new (settings: Readonly<Record<string, unknown>>) => UnleashClient;
}

interface UnleashClient {
  isEnabled(feature: string, context: UnleashContext): boolean;
  getVariant(feature: string, context: UnleashContext): Variant & { readonly enabled: boolean };
  on(event: 'ready' | 'error' | 'warn', listener: () => void): unknown;
  destroy(): void;
}

interface UnleashContext {
  readonly properties: Context;
  readonly [field: string]: unknown;
}

export interface UnleashOracleOptions {
  /** Whose settings are meant, where an export holds several environments. @default the only one */
  readonly environment?: string | undefined;
}

/**
 * unleash-client on bootstrapped definitions: it polls nothing, registers nowhere and writes no backup. Under a feature's name it
 * is asked for the variant where there are any, and under `<name>.enabled`, or the name of one without, whether it is enabled.
 */
export async function startUnleash(
  sdk: unknown,
  input: unknown,
  options: UnleashOracleOptions = {},
): Promise<VendorOracle> {
  const { features, segments } = clientFeatures(input, options.environment);
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const choosing = new Map<string, Choosing>();
  for (const [name, feature] of byName) {
    const lists = variantLists(feature);
    if (lists.length > 0) choosing.set(name, choosingOf(lists.flat()));
  }
  const client = new (sdk as UnleashSdk).Unleash({
    appName: 'sluice-verify-import',
    url: 'http://127.0.0.1:9/',
    refreshInterval: 0,
    metricsInterval: 0,
    disableMetrics: true,
    skipInstanceCountWarning: true,
    bootstrap: { data: features, segments },
    storageProvider: { get: async () => undefined, set: async () => undefined },
  });
  const ready = new Promise<void>((resolve) => client.on('ready', resolve));
  client.on('error', () => undefined);
  client.on('warn', () => undefined);
  if (features.length > 0) await ready;
  return {
    name: 'unleash-client',
    ask(flag, context) {
      const translated = unleashContext(context);
      const variants = choosing.get(flag);
      if (variants !== undefined) return variantAnswer(client.getVariant(flag, translated), variants);
      const feature = byName.has(flag) ? flag : flag.replace(/\.enabled$/, '');
      const value = client.isEnabled(feature, translated);
      return { value, variant: value ? 'on' : 'off' };
    },
    async close() {
      client.destroy();
    },
  };
}

/** Every field is written, because the SDK fills those that are not there from its own settings. */
function unleashContext({ targetingKey, userId, ...fields }: Context): UnleashContext {
  const { sessionId, remoteAddress, environment, appName, currentTime, ...properties } = fields;
  return { userId: targetingKey, sessionId, remoteAddress, environment, appName, currentTime, properties };
}

/** What tells the value of a feature's variants. */
interface Choosing {
  /** Of a variant without a payload. */
  readonly empty: 'name' | 'object';
  /** Names of several variants with payloads of their own, which a document cannot call by one name. */
  readonly shared: ReadonlySet<string>;
}

function choosingOf(variants: readonly Variant[]): Choosing {
  const objects = variants.some(({ payload }) => payload?.type === 'json' && typeof payloadValue(payload) === 'object');
  const empty = objects ? 'object' : 'name';
  const values = new Map<string, string>();
  const shared = new Set<string>();
  for (const variant of variants) {
    const value = JSON.stringify(payloadValue(variant.payload) ?? emptyValue(variant, empty));
    if ((values.get(variant.name) ?? value) !== value) shared.add(variant.name);
    values.set(variant.name, value);
  }
  return { empty, shared };
}

function variantAnswer(given: Variant & { readonly enabled: boolean }, { empty, shared }: Choosing): VendorAnswer {
  if (!given.enabled) return { value: undefined };
  return {
    value: payloadValue(given.payload) ?? emptyValue(given, empty),
    variant: shared.has(given.name) ? undefined : given.name,
  };
}

function emptyValue({ name }: Variant, empty: Choosing['empty']): JsonValue {
  return empty === 'object' ? {} : name;
}

/** As Unleash's OpenFeature provider reads a payload. */
function payloadValue(payload: Variant['payload']): JsonValue | undefined {
  if (payload === undefined || payload === null) return undefined;
  if (payload.type === 'number') return Number(payload.value);
  try {
    return payload.type === 'json' ? (JSON.parse(payload.value) as JsonValue) : payload.value;
  } catch {
    return undefined;
  }
}
