import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerEnvironment } from '../auth/token.ts';
import { requireContentType } from '../limits/limit-body.ts';
import { OperationError, type Operations } from '../operations/operations.ts';
import { authorMembers, authorOf } from './author.ts';
import { errorAnswers } from './error-answer.ts';
import { jsonAnswer } from './json-answer.ts';
import { documentReceipt } from './shapes.ts';

const YAML = 'application/yaml';
const JSON_TYPE = 'application/json';

/** No schema of zod: the text is read with its lines and columns, not as a value. */
const text = { [YAML]: { schema: { type: 'string' as const } }, [JSON_TYPE]: { schema: { type: 'object' as const } } };

export function documentRoutes(app: OpenAPIHono<ServerEnvironment>, operations: Operations): void {
  const read = createRoute({
    method: 'get',
    path: '/document',
    summary: 'The document as its author wrote it',
    responses: {
      200: {
        description: 'The text; its revision is the ETag.',
        headers: { ETag: { schema: { type: 'string' as const } } },
        content: text,
      },
      304: { description: 'It is the one that If-None-Match names.' },
      ...errorAnswers(401, 403, 404, 501, 503),
    },
  });
  app.openapi(read, async (context) => {
    const current = await operations.document();
    if (current === undefined) throw new OperationError('There is no document yet; PUT one.', 'unknown');
    const etag = `"${current.revision}"`;
    if (context.req.header('if-none-match') === etag) return context.body(null, 304, { ETag: etag });
    const type = /^\s*\{/.test(current.text) ? JSON_TYPE : YAML;
    return context.body(current.text, 200, { 'Content-Type': `${type}; charset=utf-8`, ETag: etag });
  });

  const replace = createRoute({
    method: 'put',
    path: '/document',
    summary: 'Replace the whole document',
    description:
      'If-Match names the revision that the edit was made from; `If-None-Match: *` says that there was none.',
    middleware: requireContentType(YAML, JSON_TYPE),
    request: {
      query: z.object(authorMembers),
      headers: z.object({ 'if-match': z.string().optional(), 'if-none-match': z.string().optional() }),
      body: { required: true, content: text },
    },
    responses: {
      200: jsonAnswer('Done.', documentReceipt),
      ...errorAnswers(400, 401, 403, 409, 412, 422, 428, 501, 503),
    },
  });
  app.openapi(replace, async (context) => {
    const headers = context.req.valid('header');
    const expected = expectedRevision(headers['if-match'], headers['if-none-match']);
    if (expected === undefined) {
      return context.json({ error: 'Send If-Match with the ETag of the document that the edit was made from.' }, 428);
    }
    if (expected === 'malformed') {
      return context.json({ error: 'if-match: one strong ETag as GET gave it, in quotes; never *' }, 400);
    }
    const author = authorOf(context, context.req.valid('query'));
    const receipt = await operations.replaceDocument({
      text: await context.req.text(),
      expected: expected.revision,
      ...author,
    });
    return context.json(receipt, 200, { ETag: `"${receipt.revision}"` });
  });
}

/** `*` would overwrite whatever another operator wrote meanwhile, which is what If-Match is there against. */
function expectedRevision(
  match: string | undefined,
  noneMatch: string | undefined,
): { readonly revision: string | null } | 'malformed' | undefined {
  if (match === undefined) return noneMatch === '*' ? { revision: null } : undefined;
  const revision = /^"([^"]+)"$/.exec(match)?.[1];
  return revision === undefined ? 'malformed' : { revision };
}
