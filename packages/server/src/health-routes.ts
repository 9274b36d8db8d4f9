import type { LiveFlags } from '@sluice/openfeature-provider';
import { Hono } from 'hono';
import type { ServerEnvironment } from './auth/token.ts';

/**
 * `/healthz` while the process answers; `/readyz` once there are flags. A server whose flags may be old stays ready: it
 * answers as well as any other could, and to take it out would only move the load. Nothing here says why: it is open.
 */
export function healthRoutes(live: LiveFlags, version: string | undefined): Hono<ServerEnvironment> {
  const app = new Hono<ServerEnvironment>();
  app.get('/healthz', (context) => context.json({ status: 'ok', ...(version === undefined ? {} : { version }) }));
  app.get('/readyz', (context) => {
    const ready = live.flags !== undefined;
    return context.json({ ready, stale: live.problem !== undefined }, ready ? 200 : 503);
  });
  return app;
}
