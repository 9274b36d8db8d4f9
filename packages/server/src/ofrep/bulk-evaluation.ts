import type { Context } from '@sluice/core';
import type { LiveFlags } from '@sluice/openfeature-provider';
import type { Metrics } from '../metrics.ts';
import { visibleKeys } from './audience.ts';
import type { Configuration } from './configuration.ts';
import { type OfrepFailure, type OfrepSuccess, ofrepAnswer } from './ofrep-answer.ts';

/**
 * Every answer that an audience sees, failures among them. It records nothing: who asks for all flags has met none of them
 * yet, so this is no exposure.
 */
export async function evaluateAll(
  live: LiveFlags,
  configuration: Configuration,
  context: Context,
  metrics: Pick<Metrics, 'evaluated'>,
): Promise<readonly (OfrepSuccess | OfrepFailure)[]> {
  const keys = live.flags === undefined ? [] : visibleKeys(live.flags, live.switches, configuration.audience);
  const asked = keys.map((key) => ({ key, given: live.evaluate(key, context) }));
  const answers: (OfrepSuccess | OfrepFailure)[] = [];
  for (const { key, given } of asked) {
    const evaluation = given instanceof Promise ? await given : given;
    metrics.evaluated(evaluation);
    answers.push(ofrepAnswer(key, evaluation, configuration));
  }
  return answers;
}
