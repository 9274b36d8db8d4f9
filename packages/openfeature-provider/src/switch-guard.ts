import type { Client, EvaluationContext } from '@openfeature/server-sdk';
import { metadataKeys } from '@sluice/core';

export interface SwitchGuardOptions {
  /** What a switch counts as that cannot be resolved: not declared, or the provider not ready. @default 'open' */
  readonly whenUnknown?: 'open' | 'closed';
  /** Handed to the client with the evaluation. */
  readonly context?: EvaluationContext;
}

/**
 * The answer to give instead of doing the work, where a switch is off: 503 with `Retry-After` in seconds and
 * `{ "error": "Feature temporarily disabled", "retry_after": 300 }`. `undefined` where it is on.
 */
export async function switchGuard(
  client: Client,
  name: string,
  options: SwitchGuardOptions = {},
): Promise<Response | undefined> {
  const open = (options.whenUnknown ?? 'open') === 'open';
  const { value, flagMetadata } = await client.getBooleanDetails(name, open, options.context);
  if (value) return undefined;
  const declared = flagMetadata[metadataKeys.retryAfterSeconds];
  const seconds = typeof declared === 'number' ? declared : 300;
  return Response.json(
    { error: 'Feature temporarily disabled', retry_after: seconds },
    { status: 503, headers: { 'Retry-After': String(seconds) } },
  );
}
