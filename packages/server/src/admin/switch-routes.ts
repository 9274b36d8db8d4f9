import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import { awaitFollowers, type FollowerProgress } from '../operations/await-followers.ts';
import type { KillChange, Operations, SwitchReceipt } from '../operations/operations.ts';
import { authorMembers, authorOf } from './author.ts';
import { errorAnswers } from './error-answer.ts';
import { jsonAnswer } from './json-answer.ts';
import { followerShape, switchOverview, switchTarget } from './shapes.ts';

/** Longest time that a request is held open for followers. */
const MAX_WAIT_MS = 30_000;

/** The body of any of these routes; which members it may have is the route's to say. */
type Given = Omit<KillChange, 'by'> & { readonly by?: string; readonly name?: string };

const which = { name: z.string().min(1), kind: z.enum(['switch', 'flag']).optional() };
const times = {
  retryAfterSeconds: z.number().int().min(0).max(31_536_000).optional(),
  expiresAt: z
    .number()
    .int()
    .optional()
    .openapi({ description: 'ms since the epoch; then the document decides again.' }),
};
const undeclared = z.boolean().optional().openapi({ description: 'Take a switch that no document declares.' });

const killBody = z.strictObject({ ...authorMembers, ...which, ...times, undeclared }).openapi('Kill');
const killSwitchBody = z.strictObject({ ...authorMembers, ...times, undeclared }).openapi('KillSwitch');
const killFlagBody = z.strictObject({ ...authorMembers, ...times }).openapi('KillFlag');
const restoreBody = z.strictObject({ ...authorMembers, ...which }).openapi('Restore');
const restoreNamedBody = z.strictObject(authorMembers).openapi('RestoreNamed');

const query = z.object({
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_WAIT_MS)
    .optional()
    .openapi({ description: 'How long to wait until every process has acknowledged, in ms.' }),
});

const followers = z.array(followerShape).readonly();
const receipt = z
  .object({
    target: switchTarget,
    on: z.boolean(),
    revision: z
      .number()
      .optional()
      .openapi({ description: 'Of the switch states; absent where the document was edited.' }),
    notes: z.array(z.string()).readonly(),
    followers: z.object({ acknowledged: z.number().int(), missing: followers, gone: followers }).nullable().optional(),
  })
  .openapi('SwitchReceipt', {
    description: '`followers` is there where it was waited for; null where the place knows nothing of its followers.',
  }) as z.ZodType<WaitedReceipt>;

type WaitedReceipt = SwitchReceipt & { readonly followers?: FollowerProgress | null };

export function switchRoutes(app: OpenAPIHono<ServerEnvironment>, operations: Operations): void {
  const overview = z.object({ switches: z.array(switchOverview).readonly() });
  const switches = createRoute({
    method: 'get',
    path: '/switches',
    summary: 'Every switch that is declared or has a state, and every flag that is killed',
    responses: { 200: jsonAnswer('In order of name.', overview), ...errorAnswers(401, 403, 503) },
  });
  app.openapi(switches, async (context) => context.json({ switches: await operations.switches() }, 200));

  const add = (
    operation: 'kill' | 'restore',
    path: string,
    summary: string,
    body: z.ZodType,
    kind?: 'switch' | 'flag',
  ): void => {
    const params = kind === undefined ? {} : { params: z.object({ name: z.string().min(1) }) };
    const route = createRoute({
      method: 'post',
      path,
      summary,
      middleware: requireContentType('application/json'),
      // Not every one of these has what the others have, so what was checked is given its shape below.
      request: { ...params, query, body: { required: true, content: { 'application/json': { schema: body } } } },
      responses: { 200: jsonAnswer('Done.', receipt), ...errorAnswers(400, 401, 403, 404, 409, 422, 501, 503) },
    });
    app.openapi(route, async (context) => {
      const { name = context.req.param('name') ?? '', ...given } = context.req.valid('json') as Given;
      const change = { ...given, ...(kind === undefined ? {} : { kind }), ...authorOf(context, given) };
      const done = await operations[operation](name, change);
      return context.json(await waited(operations, done, context.req.valid('query').wait), 200);
    });
  };
  add('kill', '/kill', 'Turn a switch off, or a flag to control, whichever has the name', killBody);
  add('restore', '/restore', 'Take a kill back', restoreBody);
  add('kill', '/switches/{name}/kill', 'Turn a switch off', killSwitchBody, 'switch');
  add('restore', '/switches/{name}/restore', 'Turn a switch on again', restoreNamedBody, 'switch');
  add('kill', '/flags/{name}/kill', 'Kill a flag: it serves control', killFlagBody, 'flag');
  add('restore', '/flags/{name}/restore', 'Let a killed flag decide again', restoreNamedBody, 'flag');
}

/** The change is made, whatever becomes of the waiting. */
async function waited(
  operations: Operations,
  done: SwitchReceipt,
  timeoutMs: number | undefined,
): Promise<WaitedReceipt> {
  if (timeoutMs === undefined) return done;
  if (done.revision === undefined) return { ...done, followers: null };
  try {
    return { ...done, followers: (await awaitFollowers(operations, done.revision, { timeoutMs })) ?? null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...done, notes: [...done.notes, `Nobody can say who has acknowledged: ${why}`], followers: null };
  }
}
