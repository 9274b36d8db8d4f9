import type { Recorder } from '@sluice/core';
import type { Context } from 'hono';
import { z } from 'zod';
import { readBody } from '../read-body.ts';
import { boundedRecord } from './bounded-record.ts';
import { assignmentOf, givenEvaluation, isExposure } from './given-evaluation.ts';

const MAX_EXPOSURES = 1_000;
const MAX_RUNS = 1_000;

const outcomes = boundedRecord(z.union([z.number(), z.boolean()]));

const exposuresBody = z.object({
  exposures: z
    .array(z.intersection(givenEvaluation, z.object({ domain: z.string().min(1).max(512).optional() })))
    .max(MAX_EXPOSURES),
});
const outcomesBody = z.object({
  runs: z
    .array(
      z.intersection(givenEvaluation, z.object({ outcomes: outcomes.default({}), token: z.boolean().default(false) })),
    )
    .max(MAX_RUNS),
});
const feedbackBody = z.object({ token: z.string(), outcomes });

/** Notes exposures; evaluations that no rollout decided are none, and a unit's second one in a stage records nothing. */
export async function recordExposures(context: Context, recorder: Recorder): Promise<Response> {
  const { exposures } = await readBody(context, exposuresBody);
  const before = recorder.counts();
  for (const given of exposures) {
    const assignment = isExposure(given) ? assignmentOf(given) : undefined;
    if (assignment !== undefined) recorder.expose(assignment, given.domain);
  }
  const { exposures: recorded, dropped } = recorder.counts();
  return answerCounts(context, recorded - before.exposures, dropped - before.dropped);
}

/** Begins a run for each evaluation and records its outcomes; `token: true` asks for its feedback token. */
export async function recordOutcomes(context: Context, recorder: Recorder): Promise<Response> {
  const { runs } = await readBody(context, outcomesBody);
  const before = recorder.counts();
  const begun = runs.map((given) => {
    const assignment = assignmentOf(given);
    if (assignment === undefined) return null;
    const run = recorder.startRun(assignment);
    run.record(given.outcomes);
    return given.token ? { id: run.id, token: run.token() } : { id: run.id };
  });
  const { outcomes: recorded, dropped } = recorder.counts();
  return answerCounts(context, recorded - before.outcomes, dropped - before.dropped, { runs: begun });
}

export async function recordFeedback(context: Context, recorder: Recorder): Promise<Response> {
  const { token, outcomes: given } = await readBody(context, feedbackBody);
  const result = await recorder.feedback(token, given);
  if (result.accepted) return context.json(result);
  return context.json({ error: result.message, reason: result.reason }, 400);
}

/** Accepted, and not stored yet: the recorder writes in batches. Nothing comes between the two counts, so they are this request's. */
function answerCounts(context: Context, made: number, dropped: number, rest: object = {}): Response {
  const recorded = made - dropped;
  if (dropped === 0 || recorded > 0) return context.json({ recorded, dropped, ...rest }, 202);
  const error = 'The server cannot keep up with what it is to record; all of this was dropped. Send it again later.';
  return context.json({ error }, 503, { 'Retry-After': '5' });
}
