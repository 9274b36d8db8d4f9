import type { Context } from '@sluice/core';
import type { OfrepErrorCode } from './ofrep-answer.ts';

/** The context of an OFREP request, or why it has none that can be used. */
export type ContextReading =
  | { readonly context: Context; readonly fault?: never }
  | { readonly fault: { readonly errorCode: OfrepErrorCode; readonly errorDetails: string }; readonly context?: never };

/**
 * Reads `{ "context": { "targetingKey", … } }`. Whether there has to be a targeting key, and of what type, each flag says for
 * itself, as it does in process.
 */
export function readContext(text: string): ContextReading {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return fault('PARSE_ERROR', `the body is no JSON: ${(error as Error).message}`);
  }
  if (!isObject(body)) return fault('PARSE_ERROR', 'the body has to be an object with a member "context"');
  const { context } = body;
  if (!isObject(context)) return fault('INVALID_CONTEXT', '"context" has to be an object');
  return { context };
}

function fault(errorCode: OfrepErrorCode, errorDetails: string): ContextReading {
  return { fault: { errorCode, errorDetails } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
