import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { adminRoutes } from './admin/admin-routes.ts';
import { authenticate } from './auth/authenticate.ts';
import { authenticateStream } from './auth/authenticate-stream.ts';
import { guardHost, guardOrigin } from './auth/guard-origin.ts';
import { requireRole } from './auth/require-role.ts';
import type { ServerEnvironment } from './auth/token.ts';
import { type DistributionOptions, distributionRoutes } from './distribution/distribution-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { type IngestOptions, ingestRoutes } from './ingest/ingest-routes.ts';
import { limitBody } from './limits/limit-body.ts';
import type { Limits } from './limits/limits.ts';
import { RateLimit } from './limits/rate-limit.ts';
import { observe } from './observe.ts';
import { type OfrepOptions, ofrepRoutes } from './ofrep/ofrep-routes.ts';
import type { Operations } from './operations/operations.ts';
import { Refusal } from './refusal.ts';
import { errorBody, replyError } from './reply-error.ts';

export interface RouteOptions extends OfrepOptions, DistributionOptions, IngestOptions {
  readonly operations: Operations;
  readonly limits: Limits;
  readonly corsOrigins: readonly string[];
  readonly metricsOpen: boolean;
  readonly version: string | undefined;
  readonly onWarning: (message: string) => void;
}

/**
 * Every route with what stands before it, in this order: where the request comes from, whose it is, how often it comes, how
 * long it is. So a body is read for nobody who was not let in.
 */
export function routes(options: RouteOptions): Hono<ServerEnvironment> {
  const { tokens, metrics, limits, live, corsOrigins } = options;
  const app = new Hono<ServerEnvironment>();
  app.onError((error, context) => replyError(error, context, metrics, options.onWarning));
  app.notFound((context) => context.json(errorBody(context, 'There is no such route.', 404), 404));
  app.use(observe(metrics));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_, methods) => {
        const allow = methods.join(', ');
        throw new Refusal(405, 'method', `This takes ${allow}.`, { Allow: allow });
      },
    }),
  );
  if (tokens.length === 0) app.use(guardHost());
  app.use(guardOrigin(corsOrigins));
  if (corsOrigins.length > 0) {
    for (const path of ['/ofrep/*', '/ingest/*']) app.use(path, crossOrigin(corsOrigins));
  }
  const limit = new RateLimit(limits);
  const known = authenticate(tokens, limit);
  const limited = limitBody(limits);
  for (const path of ['/ofrep/v1/evaluate/*', '/v1/*', '/ingest/*', '/admin/*']) app.use(path, known, limited);
  app.use('/ofrep/v1/events', authenticateStream(tokens, limit, known));
  // Not for tokens that a web page has: switches and flags that it may not see leave their marks there.
  if (!options.metricsOpen) app.use('/metrics', known, requireRole('evaluate', 'operate'));
  app.use('/ingest/*', requireRole('ingest', 'operate'));
  app.use('/admin/*', requireRole('operate'));

  app.route('/', healthRoutes(live, options.version));
  app.get('/metrics', async (context) =>
    context.body(await metrics.print(), 200, { 'Content-Type': metrics.contentType }),
  );
  app.route('/ofrep/v1', ofrepRoutes(options));
  app.route('/v1', distributionRoutes(options));
  app.route('/ingest/v1', ingestRoutes(options));
  app.route('/admin/v1', adminRoutes(options.operations));
  return app;
}

function crossOrigin(origins: readonly string[]): ReturnType<typeof cors> {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'If-None-Match', 'X-API-Key'],
    exposeHeaders: ['ETag', 'Retry-After'],
    maxAge: 600,
  });
}
