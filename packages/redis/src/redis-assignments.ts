import type { AssignmentStore, StickyAssignment } from '@sluice/core';
import { channelsOf } from './channels.ts';
import { commandsOf } from './commands.ts';
import type { RedisClient } from './redis-client.ts';
import { readText } from './replies.ts';

export interface RedisAssignmentsOptions {
  /** What the names of keys begin with. @default 'sluice' */
  readonly prefix?: string;
  /** How long one command may take. @default 1000 */
  readonly timeoutMs?: number;
}

/**
 * Keeps the assignments of sticky flags on Redis, for all processes. Each is a key of its own, over all slots of a cluster,
 * which Redis removes when it expires.
 *
 * @throws {TypeError} for what is no client that it can use.
 */
export function redisAssignments(client: RedisClient, options: RedisAssignmentsOptions = {}): AssignmentStore {
  const { prefix = 'sluice', timeoutMs = 1000 } = options;
  const place = `redis ${prefix}`;
  const commands = commandsOf(channelsOf(client).access, place, timeoutMs);
  // The flag's colons are written otherwise, so the first after the prefix ends it, whatever the unit is.
  const keyOf = (flag: string, unit: string): string => `${prefix}:assigned:${encodeURIComponent(flag)}:${unit}`;
  return {
    name: place,
    async get(flag, unit) {
      const key = keyOf(flag, unit);
      const text = readText(await commands.send(key, ['GET', key]));
      return text === undefined ? undefined : readAssignment(text, place, key);
    },
    async set(flag, unit, { variant, at, expiresAt }) {
      const key = keyOf(flag, unit);
      const text = JSON.stringify({ variant, at, expiresAt });
      const end = expiresAt === undefined ? [] : ['PXAT', String(Math.max(1, Math.ceil(expiresAt)))];
      await commands.send(key, ['SET', key, text, ...end]);
    },
    async delete(flag, unit) {
      const key = keyOf(flag, unit);
      await commands.send(key, ['DEL', key]);
    },
    close: () => Promise.resolve(),
  };
}

function readAssignment(text: string, place: string, key: string): StickyAssignment {
  const { variant, at, expiresAt } = parse(text);
  const isVariant = variant === null || typeof variant === 'string';
  const isEnd = expiresAt === undefined || typeof expiresAt === 'number';
  if (!isVariant || typeof at !== 'number' || !isEnd) {
    throw new Error(`${place}: ${key} holds no assignment; another program wrote it`);
  }
  return { variant, at, ...(expiresAt !== undefined && { expiresAt }) };
}

function parse(text: string): { readonly variant?: unknown; readonly at?: unknown; readonly expiresAt?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
