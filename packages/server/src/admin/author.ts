import { z } from '@hono/zod-openapi';
import type { Author } from '@sluice/core';
import type { Context } from 'hono';
import type { ServerEnvironment } from '../auth/token.ts';

interface GivenAuthor {
  readonly by?: string | undefined;
  readonly why: string;
}

/** Longer than any reason that a person types. */
const MAX_LENGTH = 1_000;

/** Members of a body, or of a query, that say who and why. */
export const authorMembers: { readonly by: z.ZodOptional<z.ZodString>; readonly why: z.ZodString } = {
  by: z
    .string()
    .max(MAX_LENGTH)
    .optional()
    .openapi({ description: "Who asks, where the token is shared; the audit trail puts the token's name before it." }),
  why: z
    .string()
    .regex(/\S/, 'say why; the audit trail is read later')
    .max(MAX_LENGTH)
    .openapi({ description: 'The reason, for the audit trail.', example: 'answers leak prompts, incident 42' }),
};

/** The token is who it was for sure; what the caller says of itself comes after it. */
export function authorOf(context: Context<ServerEnvironment>, { by, why }: GivenAuthor): Author {
  const { name } = context.var.token;
  const given = by?.trim() ?? '';
  return { by: given === '' ? name : `${name}: ${given}`, why };
}
