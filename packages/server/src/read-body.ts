import type { Context } from 'hono';
import type { z } from 'zod';
import { Refusal } from './refusal.ts';

const MAX_FAULTS = 10;
const MAX_FAULT_LENGTH = 300;

/** The body as its schema reads it. @throws {Refusal} that names the fields which are not as they should be. */
export async function readBody<Shape>(context: Context, schema: z.ZodType<Shape>): Promise<Shape> {
  let value: unknown;
  try {
    value = await context.req.json();
  } catch {
    throw new Refusal(400, 'json', 'The body is not JSON.');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw malformed(result.error);
}

/** The first faults of many: an answer is not to be longer than the request. */
export function malformed({ issues }: Pick<z.ZodError, 'issues'>): Refusal {
  const fields = issues
    .slice(0, MAX_FAULTS)
    .map(({ path, message }) => shortened(`${path.join('.') || 'body'}: ${message}`));
  const more = issues.length > MAX_FAULTS ? [`and ${issues.length - MAX_FAULTS} more`] : [];
  return new Refusal(400, 'malformed', [...fields, ...more].join('; '));
}

function shortened(fault: string): string {
  return fault.length > MAX_FAULT_LENGTH ? `${fault.slice(0, MAX_FAULT_LENGTH)}…` : fault;
}
