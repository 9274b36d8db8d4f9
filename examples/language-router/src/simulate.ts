import type { Client } from '@openfeature/server-sdk';
import type { Recorder } from '@sluice/core';
import { models } from './models.ts';
import { detectLanguage } from './router.ts';
import type { Snippet } from './snippets.ts';
import type { Request } from './traffic.ts';

const DAY_MS = 86_400_000;

/** A clock that the traffic sets, so that a week passes in seconds. */
export interface Clock {
  now: number;
}

interface Feedback {
  readonly at: number;
  readonly token: string;
  readonly right: boolean;
}

/** Runs the service over the traffic, in the order in which it comes; feedback comes a day after its answer. */
export async function simulate(
  client: Client,
  recorder: Recorder,
  clock: Clock,
  requests: readonly Request[],
  snippets: readonly Snippet[],
): Promise<void> {
  warmUp(snippets);
  const pending: Feedback[] = [];
  let delivered = 0;
  for (const [index, { user, at, snippet, saysLater }] of requests.entries()) {
    for (let next = pending[delivered]; next !== undefined && next.at <= at; next = pending[delivered]) {
      clock.now = next.at;
      await recorder.feedback(next.token, { feedback: next.right ? 1 : -1 });
      delivered++;
    }
    clock.now = at;
    const asked = snippets[snippet] as Snippet;
    const answer = await detectLanguage(client, user, asked).catch(() => undefined);
    if (saysLater && answer !== undefined && 'language' in answer) {
      pending.push({ at: at + DAY_MS, token: answer.feedbackToken, right: answer.language === asked.language });
    }
    // A service waits for the network between requests and its recorder writes meanwhile; this loop waits for nothing.
    if (index % 1000 === 0) await recorder.flush();
  }
}

/** A service has answered before the first of these users comes; a cold model would be measured as a slow one. */
function warmUp(snippets: readonly Snippet[]): void {
  for (const model of Object.values(models)) for (const { text } of snippets.slice(0, 1000)) model(text);
}
