import { createMiddleware } from 'hono/factory';
import type { MiddlewareHandler } from 'hono/types';
import { Refusal } from '../refusal.ts';
import type { Role, ServerEnvironment } from './token.ts';

/** Lets callers of these roles through and refuses any other with 403; `authenticate` has found the caller before. */
export function requireRole(...roles: readonly Role[]): MiddlewareHandler<ServerEnvironment> {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const { name, role } = context.var.token;
    if (!roles.includes(role)) {
      throw new Refusal(403, 'role', `Token ${name} has role ${role}; this needs ${roles.join(' or ')}.`);
    }
    await next();
  });
}
