/** Clients differ in how they give a hash: pairs in a row (RESP2), a Map or an object (RESP3). */
export function readHash(reply: unknown): ReadonlyMap<string, string> {
  if (Array.isArray(reply)) return new Map(pairs(reply));
  const entries = reply instanceof Map ? [...reply] : Object.entries(reply ?? {});
  return new Map(entries.map(([name, value]) => [String(name), String(value)]));
}

/** Entries of a stream, whose fields are pairs in a row in every protocol. */
export function readEntries(reply: unknown): readonly { id: string; fields: ReadonlyMap<string, string> }[] {
  return (reply as [unknown, unknown][]).map(([id, fields]) => ({ id: String(id), fields: readHash(fields) }));
}

/** Text, which a client that maps types may give as a buffer; `undefined` where there was nothing. */
export function readText(reply: unknown): string | undefined {
  return reply === null || reply === undefined ? undefined : String(reply);
}

/** A revision, 0 where there was none. */
export function readRevision(reply: unknown, place: string): number {
  const revision = Number(readText(reply) ?? 0);
  if (Number.isSafeInteger(revision) && revision >= 0) return revision;
  throw new Error(
    `${place} holds the revision ${JSON.stringify(String(reply))}, which is none; another program wrote it`,
  );
}

function* pairs(row: readonly unknown[]): Iterable<[string, string]> {
  for (let index = 0; index + 1 < row.length; index += 2) yield [String(row[index]), String(row[index + 1])];
}
