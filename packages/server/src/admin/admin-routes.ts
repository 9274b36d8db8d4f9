import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import type { ServerEnvironment } from '../auth/token.ts';
import type { Operations } from '../operations/operations.ts';
import { malformed } from '../read-body.ts';
import { documentRoutes } from './document-routes.ts';
import { answerError } from './error-answer.ts';
import { flagRoutes } from './flag-routes.ts';
import { switchRoutes } from './switch-routes.ts';
import { trailRoutes } from './trail-routes.ts';

const description = `What an operator does with a Sluice server: switches, rollouts, the document, the audit trail.

Other parts of the server are described elsewhere: evaluation under \`/ofrep/v1\` by the OpenAPI document of OpenFeature's
OFREP, and \`/ingest/v1\` by the README of \`@sluice/server\`.`;

/** Mounted at `/admin/v1`, behind the tokens, the limits and role `operate`. */
export function adminRoutes(operations: Operations): Hono<ServerEnvironment> {
  const app = new OpenAPIHono<ServerEnvironment>({
    defaultHook: (result) => {
      if (!result.success) throw malformed(result.error);
    },
  });
  app.onError(answerError);
  switchRoutes(app, operations);
  flagRoutes(app, operations);
  documentRoutes(app, operations);
  trailRoutes(app, operations);
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Sluice admin API', version: '1', description, license: { name: 'Apache-2.0' } },
    servers: [{ url: '/admin/v1' }],
    security: [{ token: [] }],
  });
  return app;
}
