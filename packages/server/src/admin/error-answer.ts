import { z } from '@hono/zod-openapi';
import { ConflictError, DocumentError, type Problem } from '@sluice/core';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { OperationError } from '../operations/operations.ts';
import { Refusal } from '../refusal.ts';

/** What is answered where something was not done. */
interface ErrorAnswer {
  readonly error: string;
}

const errorAnswer: z.ZodType<ErrorAnswer> = z
  .object({ error: z.string().openapi({ description: 'What was not done, why, and what to do instead.' }) })
  .openapi('Error');

const conflictAnswer: z.ZodType<ErrorAnswer> = z
  .object({
    error: z.string(),
    expected: z.string().nullable().openapi({ description: 'Revision that the change was made from.' }),
    current: z.object({ revision: z.string(), text: z.string() }).nullable(),
    attempted: z.string().openapi({ description: 'The document as it would have been written.' }),
  })
  .openapi('Conflict');

const descriptions = {
  400: 'The request is malformed; the message names the field.',
  401: 'No token, or one that is not known.',
  403: 'The token has another role.',
  404: 'There is nothing of that name; the message says what there is.',
  409: 'The document was changed meanwhile; both versions are in the answer.',
  412: 'The document is not the one that If-Match names; both versions are in the answer.',
  422: 'What was asked for cannot be done, or the text is no document; the message says why.',
  428: 'If-Match is missing.',
  501: 'The place that this server keeps cannot do it at all.',
  503: 'The place cannot be reached now.',
} as const;

type ErrorStatus = keyof typeof descriptions;

interface DescribedError {
  readonly description: string;
  readonly content: { readonly 'application/json': { readonly schema: z.ZodType<ErrorAnswer> } };
}

/** Descriptions of error answers, for a route's `responses`. */
export function errorAnswers<Status extends ErrorStatus>(
  ...statuses: readonly Status[]
): Record<Status, DescribedError> {
  const described = statuses.map((status): [Status, DescribedError] => {
    const schema = status === 409 || status === 412 ? conflictAnswer : errorAnswer;
    return [status, { description: descriptions[status], content: { 'application/json': { schema } } }];
  });
  return Object.fromEntries(described) as Record<Status, DescribedError>;
}

/** What an operator did not get done, as an answer. What is no request of this API is the server's own to count and to answer. */
export function answerError(error: Error, context: Context): Response {
  if (error instanceof Refusal || error instanceof HTTPException) throw error;
  const { message } = error;
  if (error instanceof ConflictError) {
    const { expected, attempted } = error;
    const current = error.current === undefined ? null : { revision: error.current.revision, text: error.current.text };
    const conditional = context.req.header('if-match') ?? context.req.header('if-none-match');
    return context.json({ error: message, expected, current, attempted }, conditional === undefined ? 409 : 412);
  }
  if (error instanceof DocumentError) {
    return context.json({ error: message, problems: error.problems satisfies readonly Problem[] }, 422);
  }
  if (error instanceof OperationError) return context.json({ error: message }, statusOf[error.reason]);
  // Redis, the disk: who operates may know what is wrong with them.
  return context.json({ error: message }, 503);
}

const statusOf = { unknown: 404, unsupported: 501, refused: 422 } as const;
