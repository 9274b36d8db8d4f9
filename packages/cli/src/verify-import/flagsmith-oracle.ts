import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context, JsonValue } from '@sluice/core';
import type { StartOracle } from './vendor-oracle.ts';

/** Of flagsmith-nodejs 8, what is asked here. */
interface FlagsmithSdk {
  readonly Flagsmith: new (options: { readonly offlineMode: true; readonly offlineHandler: unknown }) => Client;
  readonly LocalFileHandler: new (path: string) => unknown;
}

interface Client {
  getIdentityFlags(identifier: string, traits: Readonly<Record<string, unknown>>): Promise<Flags>;
  getEnvironmentFlags(): Promise<Flags>;
  close(): Promise<void>;
}

interface Flags {
  getFeatureValue(feature: string): JsonValue | undefined;
  isFeatureEnabled(feature: string): boolean;
}

/** The SDK's engine on a file, so that it polls nothing, and remembers nothing of one call in the next. */
export const startFlagsmith: StartOracle = async (sdk, input) => {
  const { Flagsmith, LocalFileHandler } = sdk as FlagsmithSdk;
  const environment = joinPages(input);
  const client = new Flagsmith({ offlineMode: true, offlineHandler: await inFile(environment, LocalFileHandler) });
  const valued = featuresWithValues(environment);
  const declared = new Set(statesIn(environment['feature_states']).map((state) => state.feature?.name));
  // Every call evaluates all features, so flags that are asked for with one context after another share it.
  let last: { readonly context: Context; readonly flags: Promise<Flags | undefined> } | undefined;
  return {
    name: 'flagsmith-nodejs',
    async ask(flag, context) {
      if (last?.context !== context) last = { context, flags: evaluateAll(client, context) };
      const flags = await last.flags;
      const feature = flag.endsWith('.enabled') && !declared.has(flag) ? flag.slice(0, -'.enabled'.length) : flag;
      if (feature === flag && valued.has(flag)) return { value: flags?.getFeatureValue(flag) ?? undefined };
      return { value: flags?.isFeatureEnabled(feature) };
    },
    close: () => client.close(),
  };
};

/** As Flagsmith's OpenFeature provider reads a context. Where the SDK throws, the application has its default. */
async function evaluateAll(client: Client, context: Context): Promise<Flags | undefined> {
  const { targetingKey, traits } = context;
  try {
    if (!targetingKey) return await client.getEnvironmentFlags();
    return await client.getIdentityFlags(targetingKey as string, isRecord(traits) ? traits : {});
  } catch {
    return undefined;
  }
}

async function inFile(environment: EnvironmentInput, Handler: FlagsmithSdk['LocalFileHandler']): Promise<unknown> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-flagsmith-'));
  try {
    const path = join(directory, 'environment.json');
    await writeFile(path, JSON.stringify(environment));
    return new Handler(path);
  } finally {
    await rm(directory, { recursive: true });
  }
}

type EnvironmentInput = Readonly<Record<string, unknown>>;

/** As the SDK joins them. */
function joinPages(input: unknown): EnvironmentInput {
  if (!Array.isArray(input)) return input as EnvironmentInput;
  const pages = input as readonly EnvironmentInput[];
  return { ...pages[0], identity_overrides: pages.flatMap((page) => page['identity_overrides'] ?? []) };
}

interface StateInput {
  readonly feature?: { readonly name?: string };
  readonly feature_state_value?: unknown;
  readonly multivariate_feature_state_values?: readonly unknown[];
}

function statesIn(input: unknown): readonly StateInput[] {
  return Array.isArray(input) ? (input as readonly StateInput[]) : [];
}

/** Those whose key is asked for the value: a feature that has one nowhere is asked whether it is enabled. */
function featuresWithValues(environment: EnvironmentInput): ReadonlySet<string | undefined> {
  const project = environment['project'];
  const segments = isRecord(project) ? statesOwners(project['segments']) : [];
  const states = [
    ...statesIn(environment['feature_states']),
    ...segments.flatMap((segment) => statesIn(segment['feature_states'])),
    ...statesOwners(environment['identity_overrides']).flatMap((identity) => statesIn(identity['identity_features'])),
  ];
  const valued = states.filter(
    (state) =>
      (state.feature_state_value ?? undefined) !== undefined ||
      (state.multivariate_feature_state_values?.length ?? 0) > 0,
  );
  return new Set(valued.map((state) => state.feature?.name));
}

function statesOwners(input: unknown): readonly EnvironmentInput[] {
  return Array.isArray(input) ? (input as readonly EnvironmentInput[]) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
