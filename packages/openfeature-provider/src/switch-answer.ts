import type { Client, EvaluationContext } from '@openfeature/server-sdk';
import { metadataKeys } from '@sluice/core';

export interface SwitchGuardOptions {
  /** What a switch counts as that cannot be resolved: not declared, or the provider not ready. @default 'open' */
  readonly whenUnknown?: 'open' | 'closed';
  /** Handed to the client with the evaluation. */
  readonly context?: EvaluationContext;
}

/** What every guard answers where a switch is off, in whatever shape its framework takes it. */
export interface SwitchAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `undefined` where the switch is on. */
export async function switchAnswer(
  client: Client,
  name: string,
  options: SwitchGuardOptions = {},
): Promise<SwitchAnswer | undefined> {
  const open = (options.whenUnknown ?? 'open') === 'open';
  const { value, flagMetadata } = await client.getBooleanDetails(name, open, options.context);
  if (value) return undefined;
  const declared = flagMetadata[metadataKeys.retryAfterSeconds];
  const seconds = typeof declared === 'number' ? declared : 300;
  return {
    status: 503,
    headers: { 'content-type': 'application/json', 'retry-after': String(seconds) },
    body: JSON.stringify({ error: 'Feature temporarily disabled', retry_after: seconds }),
  };
}
