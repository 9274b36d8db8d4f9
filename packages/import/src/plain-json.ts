import type { JsonArray, JsonValue, Scalar } from '@sluice/core';

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

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that knows a list of JSON. */
export function isList(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** What a document compares an attribute with: no infinity, which JSON has no word for. */
export function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}
