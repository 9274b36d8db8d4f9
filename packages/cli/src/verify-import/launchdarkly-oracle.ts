import type { Context, JsonValue } from '@sluice/core';
import type { StartOracle } from './vendor-oracle.ts';

/** What is used of `@launchdarkly/node-server-sdk` 9. */
interface LaunchDarklySdk {
  init(sdkKey: string, options: Readonly<Record<string, unknown>>): Client;
  readonly integrations: { readonly TestData: new () => TestData };
}

interface Client {
  waitForInitialization(options: { readonly timeout: number }): Promise<unknown>;
  variationDetail(key: string, context: Fields, defaultValue: undefined): Promise<Detail>;
  close(): void;
}

/** The SDK's own source for tests: definitions from memory, no network. */
interface TestData {
  getFactory(): unknown;
  usePreconfiguredFlag(flag: Fields): Promise<unknown>;
  usePreconfiguredSegment(segment: Fields): Promise<unknown>;
}

interface Detail {
  readonly value: JsonValue | undefined;
  readonly variationIndex?: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

const silent = { error: ignore, warn: ignore, info: ignore, debug: ignore };

export const startLaunchDarkly: StartOracle = async (sdk, input) => {
  const { init, integrations } = namesOf(sdk);
  const source = new integrations.TestData();
  const { flags, segments, flagValues } = definitionsIn(input);
  for (const [key, flag] of entriesOf(flags)) await ownKey(key, flag, (each) => source.usePreconfiguredFlag(each));
  for (const [key, segment] of entriesOf(segments)) {
    await ownKey(key, segment, (each) => source.usePreconfiguredSegment(each));
  }
  for (const [key, value] of entriesOf(flagValues)) {
    await source.usePreconfiguredFlag({
      key,
      version: 1,
      on: true,
      fallthrough: { variation: 0 },
      variations: [value],
    });
  }
  const client = init('sdk-key', {
    updateProcessor: source.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: silent,
  });
  await client.waitForInitialization({ timeout: 10 });
  return {
    name: '@launchdarkly/node-server-sdk',
    async ask(flag, context) {
      const { value, variationIndex } = await client.variationDetail(flag, asLaunchDarkly(context), undefined);
      const served = variationIndex !== null && variationIndex !== undefined && value !== null && value !== undefined;
      return served ? { value, variant: String(variationIndex) } : { value: undefined };
    },
    async close() {
      client.close();
    },
  };
};

function ignore(): void {}

/** A CommonJS package that is imported has its names at `default` too, and not all of them beside it. */
function namesOf(sdk: unknown): LaunchDarklySdk {
  return isFields(sdk) && isFields(sdk['default'])
    ? (sdk['default'] as unknown as LaunchDarklySdk)
    : (sdk as LaunchDarklySdk);
}

function definitionsIn(input: unknown): Fields {
  const payload = isFields(input) && isFields(input['data']) ? input['data'] : input;
  return isFields(payload) ? payload : {};
}

const entriesOf = (part: unknown): readonly (readonly [string, unknown])[] =>
  isFields(part) ? Object.entries(part) : [];

/** What the SDK cannot take in is left out; the importer has lost it as well. */
async function ownKey(key: string, item: unknown, add: (item: Fields) => Promise<unknown>): Promise<void> {
  if (!isFields(item) || item['key'] !== key) return;
  try {
    await add(item);
  } catch {
    // Its parts are of types that the SDK crashes on.
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As LaunchDarkly's OpenFeature provider translates contexts. */
function asLaunchDarkly(context: Context): Fields {
  const { kind } = context;
  if (kind !== 'multi') return { kind: typeof kind === 'string' ? kind : 'user', ...contextOfOneKind(context) };
  const contexts = Object.entries(context).flatMap(([name, value]) =>
    isFields(value) ? [[name, contextOfOneKind(value)] as const] : [],
  );
  return { kind, ...Object.fromEntries(contexts) };
}

const builtIns: Readonly<Record<string, string>> = { name: 'string', anonymous: 'boolean' };

function contextOfOneKind(context: Fields): Fields {
  const translated: Record<string, unknown> = { key: context['targetingKey'] ?? context['key'] };
  for (const [name, value] of Object.entries(context)) {
    if (name === 'targetingKey' || name === 'key' || name === 'kind') continue;
    if (name === 'privateAttributes') translated['_meta'] = { privateAttributes: value };
    // As it is there: this finds the names that every object has as well, and they are dropped.
    else if (!(name in builtIns)) translateAttribute(name, value, translated, [context]);
    else if (typeof value === builtIns[name]) translated[name] = value;
  }
  return translated;
}

function translateAttribute(
  name: string,
  value: unknown,
  into: Record<string, unknown>,
  above: readonly unknown[],
): void {
  if (above.includes(value)) return;
  if (value instanceof Date) into[name] = value.toISOString();
  else if (isFields(value)) {
    const nested: Record<string, unknown> = {};
    into[name] = nested;
    for (const [key, each] of Object.entries(value)) translateAttribute(key, each, nested, [...above, value]);
  } else into[name] = value;
}
