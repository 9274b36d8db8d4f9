import type { Context, JsonValue } from '@sluice/core';

/** A vendor's own SDK, offline, on the definitions that were imported. */
export interface VendorOracle {
  /** The SDK's name and version, for the report. */
  readonly name: string;
  /** What an application would get for this key of the imported document, asked with an OpenFeature context. */
  ask(flag: string, context: Context): VendorAnswer | Promise<VendorAnswer>;
  close(): Promise<void>;
}

export interface VendorAnswer {
  /** `undefined` where the application gets its own default. */
  readonly value: JsonValue | undefined;
  /** Only where the vendor names variants, and the importer keeps the names. */
  readonly variant?: string | undefined;
}

/**
 * Starts an oracle.
 * @param sdk the vendor's package, loaded from the user's project
 * @param input the vendor's definitions, as they were handed to the importer
 * @param options those that the importer was given
 */
export type StartOracle = (
  sdk: unknown,
  input: unknown,
  options?: { readonly environment?: string | undefined },
) => Promise<VendorOracle>;
