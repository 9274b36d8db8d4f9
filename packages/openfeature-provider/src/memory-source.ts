import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  DocumentError,
  parseDocument,
  type Reading,
  type Source,
  type SourceChange,
} from '@sluice/core';

/** A source whose document is handed to it. */
export interface MemorySource extends Source {
  /**
   * Replaces the document and tells whoever watches, unless it is equal to the one before.
   *
   * @throws {DocumentError} for a document that cannot be used; the one before stays.
   */
  replace(document: Document | object): void;
}

/**
 * Serves a document from memory: for tests, and for documents that arrive by a way of your own. The document is copied.
 *
 * @throws {DocumentError} for a document that cannot be used.
 */
export function memorySource(document: Document | object): MemorySource {
  const listeners = new Set<(change: SourceChange) => void>();
  let reading = read(document);
  let given = reading;
  return {
    name: 'memory',
    async read() {
      given = reading;
      return given;
    },
    replace(next) {
      const later = read(next);
      if (isDeepStrictEqual(later, reading)) return;
      reading = later;
      for (const listener of listeners) listener({ reading });
    },
    watch(listener) {
      listeners.add(listener);
      // What was replaced after the last `read` and before this is a later state too.
      if (given !== reading) queueMicrotask(() => listeners.has(listener) && listener({ reading }));
    },
    async close() {
      listeners.clear();
    },
  };
}

function read(value: object): Reading {
  const { document, problems } = parseDocument(value);
  if (document === undefined) throw new DocumentError('The document given to memorySource', problems);
  // The copy is what was checked: a caller who goes on editing the object cannot edit what is served.
  return { document: structuredClone(document), warnings: problems };
}
