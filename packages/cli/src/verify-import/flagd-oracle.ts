import type { Context, JsonValue } from '@sluice/core';
import type { StartOracle, VendorAnswer } from './vendor-oracle.ts';

/** Of @openfeature/flagd-core, any version, what is asked here. */
interface FlagdSdk {
  readonly FlagdCore: new (storage: undefined, logger: Logger) => Core;
}

interface Core {
  setConfigurations(definitions: string): unknown;
  getFlag(key: string): { readonly variants: ReadonlyMap<string, unknown> } | undefined;
  resolveBooleanEvaluation: Resolve<boolean>;
  resolveStringEvaluation: Resolve<string>;
  resolveNumberEvaluation: Resolve<number>;
  resolveObjectEvaluation: Resolve<JsonValue>;
}

type Resolve<Value> = (key: string, otherwise: Value, context: Context) => Resolution;

interface Resolution {
  readonly value: JsonValue;
  readonly variant?: string;
}

type Logger = Readonly<Record<'error' | 'warn' | 'info' | 'debug', () => void>>;

const silent: Logger = { error() {}, warn() {}, info() {}, debug() {} };

/** The evaluator that flagd's providers and its edge builds have within them, in this process. */
export const startFlagd: StartOracle = async (sdk, input) => {
  const core = new (sdk as FlagdSdk).FlagdCore(undefined, silent);
  core.setConfigurations(JSON.stringify(input));
  return {
    name: '@openfeature/flagd-core',
    ask: (flag, context) => answerOf(core, flag, context),
    close: async () => {},
  };
};

/** flagd names a variant whenever it serves one; without one the application has its default. */
function answerOf(core: Core, flag: string, context: Context): VendorAnswer {
  const { value, variant } = resolve(core, flag, context);
  return variant === undefined ? { value: undefined } : { value, variant };
}

/** By the type that the flag's variants have, as an application asks it. */
function resolve(core: Core, flag: string, context: Context): Resolution {
  const [value] = core.getFlag(flag)?.variants.values() ?? [];
  switch (typeof value) {
    case 'boolean':
      return core.resolveBooleanEvaluation(flag, false, context);
    case 'string':
      return core.resolveStringEvaluation(flag, '', context);
    case 'number':
      return core.resolveNumberEvaluation(flag, 0, context);
    default:
      return core.resolveObjectEvaluation(flag, null, context);
  }
}
