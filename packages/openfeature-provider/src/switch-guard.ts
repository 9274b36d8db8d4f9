import type { Client } from '@openfeature/server-sdk';
import { type SwitchGuardOptions, switchAnswer } from './switch-answer.ts';

/**
 * The answer to give instead of doing the work, where a switch is off: 503 with `Retry-After` in seconds and
 * `{ "error": "Feature temporarily disabled", "retry_after": 300 }`. `undefined` where it is on.
 */
export async function switchGuard(
  client: Client,
  name: string,
  options?: SwitchGuardOptions,
): Promise<Response | undefined> {
  const closed = await switchAnswer(client, name, options);
  return closed && new Response(closed.body, { status: closed.status, headers: closed.headers });
}
