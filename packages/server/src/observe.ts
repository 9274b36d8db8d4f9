import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { ServerEnvironment } from './auth/token.ts';
import type { Metrics } from './metrics.ts';

/** Counts every request once it is answered, and gives every answer the headers that none may lack. */
export function observe(metrics: Pick<Metrics, 'refused' | 'request'>): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    await next();
    const { headers, status } = context.res;
    headers.set('X-Content-Type-Options', 'nosniff');
    if (!headers.has('cache-control')) headers.set('Cache-Control', 'no-store');
    const route = routePath(context, -1);
    // Only middleware ends so: no route has this path.
    const none = route.endsWith('/*');
    if (none && status === 404) metrics.refused('route');
    metrics.request(none ? 'none' : route, status);
  });
}
