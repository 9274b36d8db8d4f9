import type { JsonValue } from '@sluice/core';

/** JSONLogic that holds where all of these do. */
export function both(all: readonly JsonValue[]): JsonValue {
  return all.length === 1 ? (all[0] ?? null) : { and: all };
}

/** JSONLogic that holds where one of these does. */
export function either(any: readonly JsonValue[]): JsonValue {
  return any.length === 1 ? (any[0] ?? null) : { or: any };
}
