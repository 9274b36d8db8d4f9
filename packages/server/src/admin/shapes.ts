import { z } from '@hono/zod-openapi';
import type { AuditEntry, Follower, SwitchState, SwitchTarget } from '@sluice/core';
import type { DocumentReceipt, SwitchOverview } from '../operations/operations.ts';

/** Describes the shapes of core and of `Operations` for OpenAPI; nothing is checked against what goes out. */
const at = z.number().int().openapi({ description: 'ms since the epoch' });

export const switchTarget: z.ZodType<SwitchTarget> = z
  .union([z.strictObject({ switch: z.string() }), z.strictObject({ flag: z.string() })])
  .openapi('SwitchTarget') as z.ZodType<SwitchTarget>;

const switchState = z
  .object({
    on: z.boolean(),
    since: at,
    by: z.string(),
    why: z.string(),
    retryAfterSeconds: z.number().int().optional(),
    expiresAt: at.optional(),
  })
  .openapi('SwitchState') as z.ZodType<SwitchState>;

export const switchOverview: z.ZodType<SwitchOverview> = z
  .object({
    target: switchTarget,
    on: z.boolean().openapi({ description: 'What holds now.' }),
    declared: z.boolean().openapi({ description: 'Whether the document declares it.' }),
    state: switchState.optional(),
    retryAfterSeconds: z.number().int(),
  })
  .openapi('Switch') as z.ZodType<SwitchOverview>;

export const followerShape: z.ZodType<Follower> = z
  .object({
    id: z.string(),
    revision: z.number().int().openapi({ description: 'Of the switch states that it applies.' }),
    at,
  })
  .openapi('Follower');

export const documentReceipt: z.ZodType<DocumentReceipt> = z
  .object({
    revision: z.string().openapi({ description: 'Of the document, after the change.' }),
    summary: z.string(),
    notes: z.array(z.string()).readonly().openapi({ description: 'What is doubtful about the document now.' }),
  })
  .openapi('DocumentReceipt');

const author = { at, by: z.string(), why: z.string() };

export const auditEntry: z.ZodType<AuditEntry> = z
  .union([
    z.object({
      ...author,
      action: z.literal('switch'),
      target: switchTarget,
      state: switchState.nullable().openapi({ description: 'null where what was set was taken back.' }),
      revision: z.number().int(),
    }),
    z.object({
      ...author,
      action: z.literal('document'),
      summary: z.string(),
      from: z.string().nullable(),
      to: z.string(),
    }),
  ])
  .openapi('AuditEntry');
