import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import type { Operations, PercentageChange, PromoteChange } from '../operations/operations.ts';
import { authorMembers, authorOf } from './author.ts';
import { errorAnswers } from './error-answer.ts';
import { jsonAnswer } from './json-answer.ts';
import { documentReceipt } from './shapes.ts';

const params = z.object({ key: z.string().min(1) });
const expected = z
  .string()
  .optional()
  .openapi({ description: 'Revision of the document that the change was decided on; left out, whatever it is now.' });

const percentageBody = z
  .strictObject({
    ...authorMembers,
    percentage: z.number().min(0).max(100),
    rule: z.string().optional().openapi({ description: "Name of a rule whose rollout is meant, not the flag's own." }),
    serve: z.string().optional().openapi({ description: 'Variant of a rollout that is only now begun.' }),
    expected,
  })
  .openapi('Percentage');

const promoteBody = z.strictObject({ ...authorMembers, variant: z.string(), expected }).openapi('Promote');

const middleware = requireContentType('application/json');
const responses = {
  200: jsonAnswer('Done.', documentReceipt),
  ...errorAnswers(400, 401, 403, 404, 409, 422, 501, 503),
};

export function flagRoutes(app: OpenAPIHono<ServerEnvironment>, operations: Operations): void {
  const percentage = createRoute({
    method: 'put',
    path: '/flags/{key}/percentage',
    summary: "Set the percentage of a flag's rollout, or of one of its rules",
    middleware,
    request: { params, body: { required: true, content: { 'application/json': { schema: percentageBody } } } },
    responses,
  });
  app.openapi(percentage, async (context) => {
    const given = context.req.valid('json');
    // JSON carries no undefined.
    const change = { ...given, ...authorOf(context, given) } as PercentageChange;
    return context.json(await operations.setPercentage(context.req.valid('param').key, change), 200);
  });
  const promote = createRoute({
    method: 'post',
    path: '/flags/{key}/promote',
    summary: 'Make a variant the control; rollout and ramp end',
    middleware,
    request: { params, body: { required: true, content: { 'application/json': { schema: promoteBody } } } },
    responses,
  });
  app.openapi(promote, async (context) => {
    const given = context.req.valid('json');
    const change = { ...given, ...authorOf(context, given) } as PromoteChange;
    return context.json(await operations.promote(context.req.valid('param').key, change), 200);
  });
}
