import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerEnvironment } from '../auth/token.ts';
import type { Operations } from '../operations/operations.ts';
import { errorAnswers } from './error-answer.ts';
import { jsonAnswer } from './json-answer.ts';
import { auditEntry, followerShape } from './shapes.ts';

const MAX_ENTRIES = 1_000;

/** What was done, and how far it has come. */
export function trailRoutes(app: OpenAPIHono<ServerEnvironment>, operations: Operations): void {
  const audit = createRoute({
    method: 'get',
    path: '/audit',
    summary: 'The last changes to switches and document',
    request: { query: z.object({ limit: z.coerce.number().int().min(1).max(MAX_ENTRIES).default(50) }) },
    responses: {
      200: jsonAnswer('Newest first.', z.object({ entries: z.array(auditEntry).readonly() })),
      ...errorAnswers(400, 401, 403, 503),
    },
  });
  app.openapi(audit, async (context) =>
    context.json({ entries: await operations.audit(context.req.valid('query').limit) }, 200),
  );
  const followers = createRoute({
    method: 'get',
    path: '/followers',
    summary: 'The processes that follow the switches',
    responses: {
      200: jsonAnswer(
        'How far each has come; null where the place cannot say.',
        z.object({ followers: z.array(followerShape).readonly().nullable() }),
      ),
      ...errorAnswers(401, 403, 503),
    },
  });
  app.openapi(followers, async (context) => context.json({ followers: (await operations.followers()) ?? null }, 200));
}
