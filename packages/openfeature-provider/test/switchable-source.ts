import { type Document, parseDocument, type Source, type SourceChange } from '@sluice/core';

/** A source that fails, and tells of documents, when a test says so. */
export interface Switchable {
  readonly source: Source;
  fail(error: Error): void;
  tell(document: object): void;
  /** As a source does that does not check what it gives. */
  tellUnchecked(document: object): void;
}

export function switchable(document: object): Switchable {
  let listener: (change: SourceChange) => void = () => {};
  const reading = (given: object) => {
    const { document: parsed, problems } = parseDocument(given);
    if (parsed === undefined) throw new Error(problems.map(({ message }) => message).join());
    return { document: parsed, warnings: problems };
  };
  const source: Source = {
    name: 'switchable',
    read: async () => reading(document),
    watch(next) {
      listener = next;
    },
    async close() {},
  };
  return {
    source,
    fail: (error) => listener({ error }),
    tell: (next) => listener({ reading: reading(next) }),
    tellUnchecked: (next) => listener({ reading: { document: next as Document, warnings: [] } }),
  };
}
