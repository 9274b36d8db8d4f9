/**
 * Names in an order in which each comes after those that it needs. `endless` are those that need themselves, and whatever
 * needs one of them. Names that do not exist are needed for nothing. Without recursion: a chain may be as long as the input.
 */
export function dependencyOrder(
  names: Iterable<string>,
  needs: (name: string) => Iterable<string>,
): { readonly order: readonly string[]; readonly endless: readonly string[] } {
  const waiting = new Map<string, number>();
  const neededBy = new Map<string, string[]>();
  for (const name of names) waiting.set(name, 0);
  for (const name of waiting.keys()) {
    for (const needed of needs(name)) {
      if (!waiting.has(needed)) continue;
      waiting.set(name, (waiting.get(name) ?? 0) + 1);
      const others = neededBy.get(needed);
      if (others === undefined) neededBy.set(needed, [name]);
      else others.push(name);
    }
  }
  const order = [...waiting.keys()].filter((name) => waiting.get(name) === 0);
  // It grows while it is walked.
  for (const name of order) {
    for (const other of neededBy.get(name) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) order.push(other);
    }
  }
  const ordered = new Set(order);
  return { order, endless: [...waiting.keys()].filter((name) => !ordered.has(name)) };
}
