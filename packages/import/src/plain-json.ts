import type { JsonValue } from '@sluice/core';

/**
 * The input as plain JSON data, so that nothing further on meets a cycle, a getter or a prototype; `undefined` where it is
 * none, or is nested too deep to be printed.
 */
export function plainJson(input: unknown): JsonValue | undefined {
  try {
    const printed: string | undefined = JSON.stringify(input);
    return printed === undefined ? undefined : (JSON.parse(printed) as JsonValue);
  } catch {
    return undefined;
  }
}
