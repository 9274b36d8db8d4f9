import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Metrics } from './metrics.ts';
import { Refusal } from './refusal.ts';

const ofrepPrefix = '/ofrep/v1/evaluate/flags';

/** Answers an error that a route or middleware threw. What went wrong inside is for the operator, not for whoever asked. */
export function replyError(
  error: Error,
  context: Context,
  metrics: Pick<Metrics, 'refused'>,
  onWarning: (message: string) => void,
): Response {
  if (error instanceof Refusal) {
    metrics.refused(error.reason);
    return context.json(errorBody(context, error.message, error.status), error.status, error.headers);
  }
  if (error instanceof HTTPException && error.status < 500) {
    metrics.refused('malformed');
    return context.json(errorBody(context, error.message, error.status), error.status);
  }
  onWarning(`${context.req.method} ${context.req.path} failed: ${error.stack ?? error.message}`);
  return context.json(errorBody(context, 'Something went wrong in the server; its log says what.', 500), 500);
}

/** OFREP has errors of its own: `errorDetails`, with a code and the key where the request was at fault. */
export function errorBody(context: Context, message: string, status: number): Readonly<Record<string, string>> {
  const { path } = context.req;
  if (!path.startsWith('/ofrep/')) return { error: message };
  if (![400, 413, 415].includes(status)) return { errorDetails: message };
  const key = path.startsWith(`${ofrepPrefix}/`) ? context.req.param('key') : undefined;
  return { ...(key === undefined ? {} : { key }), errorCode: 'PARSE_ERROR', errorDetails: message };
}
