import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GrowthBookClient } from '@growthbook/growthbook';
import { init, integrations, type LDContext } from '@launchdarkly/node-server-sdk';
import { FlagdCore } from '@openfeature/flagd-core';
import type { BucketingName, SplitPart } from '@sluice/core';
import { FlagdCore as FlagdCore1 } from 'flagd-core-1';

/** What a vendor's own code makes of an attribute's value, with a salt as an imported document holds it. */
export interface VendorPlacing {
  /** `undefined` where the vendor places nobody. */
  place(salt: string, value: unknown): number | undefined;
  /** Index of the part; -1 for none. `several`: with a default stickiness over several attributes. */
  split(parts: readonly SplitPart[], salt: string, several: boolean): Promise<(value: unknown) => Promise<number>>;
  enters?(percentage: number, salt: string, value: unknown, several: boolean): boolean;
}

const require = createRequire(import.meta.url);
/** A module that a package does not export, and the packages that it alone depends on. */
const within = (name: string): NodeJS.Require => createRequire(require.resolve(name));

// --- LaunchDarkly

/** `flag.salt`, or the decimal digits of a seed. */
function launchdarklySalt(salt: string): { key: string; salt: string; seed?: number } {
  if (/^\d+$/.test(salt)) return { key: 'flag', salt: 'salt', seed: Number(salt) };
  const dot = salt.indexOf('.');
  return { key: salt.slice(0, dot), salt: salt.slice(dot + 1) };
}

const someone = (value: unknown): LDContext => ({ kind: 'user', key: 'someone', unit: value });

interface Bucketer {
  bucket(context: unknown, key: string, by: unknown, salt: string, kind: string, seed?: number): [number, boolean];
}

const launchdarklyCommon = within('@launchdarkly/node-server-sdk')('@launchdarkly/js-server-sdk-common');
const unitReference = new launchdarklyCommon.AttributeReference('unit', true);
const offline = init('sdk-key', { offline: true });
const { _bucketer: bucketer } = (offline as unknown as { _evaluator: { _bucketer: Bucketer } })._evaluator;

const launchdarkly: VendorPlacing = {
  place(salt, value) {
    const { key, salt: rest, seed } = launchdarklySalt(salt);
    const context = launchdarklyCommon.Context.fromLDContext(someone(value));
    return bucketer.bucket(context, key, unitReference, rest, 'user', seed)[0];
  },
  async split(parts, salt) {
    const flag = launchdarklySalt(salt);
    const data = new integrations.TestData();
    const variations = parts.map(({ weight }, variation) => ({ variation, weight }));
    await data.usePreconfiguredFlag({
      key: flag.key,
      salt: flag.salt,
      version: 1,
      on: true,
      variations: parts.map((_, index) => index),
      fallthrough: { rollout: { contextKind: 'user', bucketBy: 'unit', seed: flag.seed, variations } },
    });
    const logger = { error() {}, warn() {}, info() {}, debug() {} };
    const client = init('sdk-key', { updateProcessor: data.getFactory(), sendEvents: false, logger });
    await client.waitForInitialization({ timeout: 10 });
    return (value) => client.variation(flag.key, someone(value), -2);
  },
};

// --- Unleash

const unleashRequire = createRequire(join(dirname(require.resolve('unleash-client')), 'strategy', 'index.js'));
const { normalizedStrategyValue } = unleashRequire('./util.js');
const { default: FlexibleRolloutStrategy } = unleashRequire('./flexible-rollout-strategy.js');
const { selectVariantDefinition } = unleashRequire('../variant.js');
const flexibleRollout = new FlexibleRolloutStrategy();

const unleashContext = (value: unknown, several: boolean): object =>
  several ? { userId: value } : { properties: { unit: value } };

const unleash: VendorPlacing = {
  place: (salt, value) => (value ? normalizedStrategyValue(value, salt) - 1 : undefined),
  async split(parts, salt, several) {
    const variants = parts.map(({ weight }, index) => ({ name: String(index), weight }));
    return async (value) => {
      const stickiness = several ? 'default' : 'unit';
      const chosen = selectVariantDefinition(salt, stickiness, variants, unleashContext(value, several));
      return chosen === null ? -1 : Number(chosen.name);
    };
  },
  enters: (percentage, salt, value, several) =>
    flexibleRollout.isEnabled(
      { rollout: String(percentage), groupId: salt, stickiness: several ? 'default' : 'unit' },
      unleashContext(value, several),
    ),
};

// --- Flagsmith

const flagsmithEngine = join(dirname(require.resolve('flagsmith-nodejs')), 'flagsmith-engine');
const { getEvaluationResult } = require(join(flagsmithEngine, 'index.js'));
const { getHashedPercentageForObjIds } = require(join(flagsmithEngine, 'utils', 'hashing', 'index.js'));

/** `state,environment_`. */
function flagsmithSalt(salt: string): [state: string, environment: string] {
  const comma = salt.indexOf(',');
  return [salt.slice(0, comma), salt.slice(comma + 1, -1)];
}

const flagsmith: VendorPlacing = {
  place(salt, value) {
    const [state, environment] = flagsmithSalt(salt);
    return value ? getHashedPercentageForObjIds([state, `${environment}_${value}`]) : undefined;
  },
  async split(parts, salt) {
    const [key, environment] = flagsmithSalt(salt);
    const last = parts.length - 1;
    const variants = parts.slice(0, last).map(({ weight }, value) => ({ value, weight, priority: value }));
    const features = { f: { key, name: 'f', enabled: true, value: last, variants } };
    return async (value) => {
      const identity = value ? { identifier: value, key: `${environment}_${value}`, traits: {} } : undefined;
      return getEvaluationResult({ environment: { key: environment, name: '' }, identity, features }).flags.f.value;
    };
  },
};

// --- flagd

const logger = { error() {}, warn() {}, info() {}, debug() {} };
type Murmur3 = new (text: string) => { result(): number };

function flagd(Core: typeof FlagdCore, name: string, place: (hash: number) => number): VendorPlacing {
  const Murmur: Murmur3 = within(name)('imurmurhash');
  return {
    place: (salt, value) => (value ? place(new Murmur(`${salt}${value}`).result()) : undefined),
    // Without a salt the attribute is named, and with one it is `targetingKey`, behind the flag's key.
    async split(parts, salt) {
      const entries = parts.map(({ weight }, index) => [`v${index}`, ...(weight === undefined ? [] : [weight])]);
      const variants = Object.fromEntries(parts.map((_, index) => [`v${index}`, index]));
      const targeting = { fractional: salt === '' ? [{ var: 'unit' }, ...entries] : entries };
      const flag = { state: 'ENABLED', variants: { ...variants, none: -1 }, defaultVariant: 'none', targeting };
      const core = new Core(undefined, logger);
      core.setConfigurations(JSON.stringify({ flags: { [salt || 'flag']: flag } }));
      const attribute = salt === '' ? 'unit' : 'targetingKey';
      return async (value) =>
        core.resolveNumberEvaluation(salt || 'flag', -2, { [attribute]: value } as never, logger).value;
    },
  };
}

// --- GrowthBook

const { hash } = require(join(dirname(require.resolve('@growthbook/growthbook')), 'util.js'));

function growthbook(hashVersion: 1 | 2): VendorPlacing {
  const client = new GrowthBookClient();
  return {
    place: (salt, value) => (value ? hash(salt, value, hashVersion) : undefined),
    async split(parts, seed) {
      const variations = parts.map((_, index) => index) as [number, number, ...number[]];
      const ranges = parts.map(({ from, below }) => [from, below] as [number, number]);
      const weights = parts.map(({ weight }) => weight as number);
      const experiment = { key: 'e', seed, hashVersion, variations };
      const spread = parts[0]?.weight === undefined ? { ranges } : { weights };
      return async (value) => {
        const result = client.runInlineExperiment({ ...experiment, ...spread }, { attributes: { id: value } });
        return result.inExperiment ? result.variationId : -1;
      };
    },
    enters(percentage, seed, value) {
      const rule = { force: 'in', coverage: percentage / 100, seed, hashVersion };
      const features = { f: { defaultValue: 'out', rules: [rule] } };
      const each = new GrowthBookClient().initSync({ payload: { features } });
      return each.getFeatureValue('f', 'out', { attributes: { id: value } }) === 'in';
    },
  };
}

// --- What teams wrote themselves

const hexadecimal = (text: string): bigint => BigInt(`0x${createHash('md5').update(text).digest('hex')}`);
const md5Place = (salt: string, value: unknown): number | undefined =>
  value || value === 0 ? Number(hexadecimal(`${salt}:${value}`) % 100n) : undefined;

const md5Percent: VendorPlacing = {
  place: md5Place,
  async split(parts, salt) {
    return async (value) => {
      const at = md5Place(salt, value);
      let sum = 0;
      return parts.findIndex(({ weight = 0 }) => {
        sum += weight;
        return at !== undefined && at < sum;
      });
    };
  },
  enters: (percentage, salt, value) => (md5Place(salt, value) ?? 99) < percentage,
};

export const vendorPlacings: Readonly<Record<Exclude<BucketingName, 'sluice-1'>, VendorPlacing>> = {
  'launchdarkly-1': launchdarkly,
  'unleash-1': unleash,
  'flagsmith-2': flagsmith,
  'flagd-1': flagd(
    FlagdCore1 as unknown as typeof FlagdCore,
    'flagd-core-1',
    (h) => (Math.abs(h | 0) / 2147483648) * 100,
  ),
  'flagd-2': flagd(FlagdCore, '@openfeature/flagd-core', (h) => h),
  'growthbook-1': growthbook(1),
  'growthbook-2': growthbook(2),
  'md5-percent-1': md5Percent,
};
