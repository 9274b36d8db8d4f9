import { type TextResult, type WatchedFile, watchTextFile } from './watch-text-file.ts';

/** One watch of a file for all who listen. */
export interface TextFileFollowing<Change> {
  /** @param lastText what was read last; only another text, or the return from an error, is told. */
  add(listener: (change: Change) => void, lastText: string | undefined): void;
  /** Idempotent; it may be followed again. */
  end(): void;
}

export function followTextFile<Change>(
  file: Omit<WatchedFile, 'lastText'>,
  toChange: (text: TextResult) => Change,
): TextFileFollowing<Change> {
  const listeners = new Set<(change: Change) => void>();
  let stop: (() => void) | undefined;
  return {
    add(listener, lastText) {
      // Whoever listens already may not have been told yet of what was read last, and so is told it once more.
      const known = listeners.size === 0 ? lastText : undefined;
      listeners.add(listener);
      stop?.();
      stop = watchTextFile({ ...file, lastText: known }, (text) => {
        const change = toChange(text);
        for (const each of listeners) each(change);
      });
    },
    end() {
      listeners.clear();
      stop?.();
      stop = undefined;
    },
  };
}
