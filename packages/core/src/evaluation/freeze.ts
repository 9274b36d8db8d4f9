import { isObject, type JsonValue } from '../json.ts';

/**
 * A frozen copy, all the way down. A payload is built once and handed to every caller, so one that could be changed would
 * change the flag for everyone; the copy leaves the author's own object as it was.
 */
export function frozenCopy(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries(value)) copy[key] = frozenCopy(member as JsonValue);
  return Object.freeze(copy);
}
