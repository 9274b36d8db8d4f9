import { DocumentError, type JsonObject, parseDocument, type Reading, type Source } from '@sluice/core';
import { SnapshotFallback } from './snapshot-fallback.ts';
import { SnapshotFile } from './snapshot-file.ts';

/**
 * A source that keeps each good document in the file `path`, readable by its owner only, and starts with that where the
 * source itself cannot be read: whoever watches is then told at once that it may be old. Without a snapshot a `read` rejects as the
 * source's own does. A file that cannot be written is said by one process warning.
 */
export function snapshotSource(source: Source, path: string): Source {
  const fallback = new SnapshotFallback(new SnapshotFile(path, toJson, fromJson));
  let session = {};
  return {
    name: source.name,
    read: () => fallback.read(() => source.read()),
    watch(listener) {
      const { doubt } = fallback;
      const watching = session;
      if (doubt !== undefined) queueMicrotask(() => session === watching && listener({ error: doubt.error }));
      source.watch?.(({ reading, error }) => {
        if (reading !== undefined) {
          fallback.keep(reading);
          return listener({ reading });
        }
        const later = fallback.doubtAfter({ error });
        if (later !== undefined) listener({ error: later.error });
      });
    },
    async close() {
      session = {};
      await fallback.close(() => source.close());
    },
  };
}

function toJson({ document }: Reading): JsonObject {
  return { document: document as unknown as JsonObject };
}

/** Doubts are found anew, without lines and columns of a text that is not there. */
function fromJson(json: unknown): Reading {
  const { document, problems } = parseDocument((json as { readonly document?: unknown } | null)?.document);
  if (document === undefined) throw new DocumentError('it', problems);
  return { document, warnings: problems };
}
