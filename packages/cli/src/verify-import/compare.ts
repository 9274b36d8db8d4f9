import { isDeepStrictEqual } from 'node:util';
import { type CompiledFlags, type Context, evaluate, type JsonValue } from '@sluice/core';
import type { VendorAnswer, VendorOracle } from './vendor-oracle.ts';

/** Differences of one flag that are kept to be shown; the others are counted. */
const MOST_EXAMPLES = 3;

export interface Comparison {
  /** How many answers were compared. */
  readonly answers: number;
  /** Of flags whose answers differ. */
  readonly differences: ReadonlyMap<string, FlagDifferences>;
}

export interface FlagDifferences {
  count: number;
  readonly examples: Difference[];
}

export interface Difference {
  readonly context: Context;
  readonly vendor: VendorAnswer;
  readonly sluice: { readonly value: JsonValue | undefined; readonly variant: string | undefined };
}

export interface CompareOptions {
  readonly flags: CompiledFlags;
  readonly oracle: VendorOracle;
  /** Which flags. @default all */
  readonly keys?: readonly string[];
  readonly contexts: Iterable<Context>;
  /** Called after each context. */
  onContext?(): void | Promise<void>;
}

/** Asks the vendor's SDK and Sluice the same, for every flag and context. */
export async function compare({ flags, oracle, keys, contexts, onContext }: CompareOptions): Promise<Comparison> {
  const asked = keys ?? [...flags.flags.keys()];
  const differences = new Map<string, FlagDifferences>();
  let answers = 0;
  for (const context of contexts) {
    for (const key of asked) {
      const told = oracle.ask(key, context);
      const vendor = told instanceof Promise ? await told : told;
      const { value, variant } = evaluate(flags, key, context, { now: Date.now });
      answers++;
      if (isSame(vendor, value, variant)) continue;
      const known = differences.get(key) ?? { count: 0, examples: [] };
      known.count++;
      if (known.examples.length < MOST_EXAMPLES) known.examples.push({ context, vendor, sluice: { value, variant } });
      differences.set(key, known);
    }
    const waiting = onContext?.();
    if (waiting !== undefined) await waiting;
  }
  return { answers, differences };
}

function isSame(vendor: VendorAnswer, value: JsonValue | undefined, variant: string | undefined): boolean {
  if (vendor.variant !== undefined && variant !== undefined && vendor.variant !== variant) return false;
  return vendor.value === value || isDeepStrictEqual(vendor.value, value);
}
