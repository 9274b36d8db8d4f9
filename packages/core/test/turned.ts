/** The same value with the keys of every object in the opposite order. */
export function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value).reverse()) {
    Object.defineProperty(copy, key, { value: turned(member), enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
