import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readTextFile } from './read-text-file.ts';

export interface WatchedFile {
  readonly path: string;
  readonly pollIntervalMs: number;
  readonly settleMs: number;
  /** What is known already; only another text, or the return from an error, is told. */
  readonly lastText: string | undefined;
  /** @default `readTextFile` of the path */
  readonly read?: () => Promise<string>;
}

/** Gives the text, or throws why there is none. */
export type TextResult = () => string;

/**
 * Tells each new state of a file until the function it returns is called.
 *
 * The folder is watched, which tells at once of an edit, of a rename over the file, and of the symlink swap by which a
 * mounted config map changes (the names of its links begin with two dots). And the path is polled, because network and
 * container file systems tell nothing, and because the folder may be replaced. Either only says that it is time to read;
 * what counts is whether the text is another one. Other files of the folder say nothing: a log beside the document would
 * have it read with every line.
 */
export function watchTextFile(file: WatchedFile, tell: (result: TextResult) => void): () => void {
  let known: string | undefined = file.lastText;
  let failure: string | undefined;
  let stopped = false;
  let reading = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    if (stopped) return;
    again = true;
    if (!reading) void readUntilSettled();
  };

  const readUntilSettled = async (): Promise<void> => {
    reading = true;
    try {
      while (again && !stopped) {
        again = false;
        const first = await attempt(file);
        if (stopped || same(first)) continue;
        // A writer may be half-way. Two looks that agree are taken as its end.
        await new Promise<void>((resolve) => {
          timer = setTimeout(resolve, file.settleMs);
        });
        const second = await attempt(file);
        if (first.text !== second.text || first.error?.message !== second.error?.message) again = true;
        else if (!stopped) report(second);
      }
    } finally {
      reading = false;
    }
  };

  const same = (state: State): boolean =>
    state.error === undefined ? failure === undefined && state.text === known : state.error.message === failure;

  const report = ({ text, error }: State): void => {
    failure = error?.message;
    if (error === undefined) known = text;
    tell(() => {
      if (error !== undefined) throw error;
      return text as string;
    });
  };

  let folder: FSWatcher | undefined;
  try {
    folder = watch(dirname(file.path), { persistent: false }, (_, name) => {
      if (name === null || name === basename(file.path) || name.startsWith('..')) look();
    });
    // The folder itself may go; polling goes on.
    folder.on('error', () => folder?.close());
  } catch {
    // A folder that is not there, or a system without watches: polling does it alone.
  }
  watchFile(file.path, { interval: file.pollIntervalMs, persistent: false }, look);
  look();

  return () => {
    stopped = true;
    clearTimeout(timer);
    folder?.close();
    unwatchFile(file.path, look);
  };
}

type State = { readonly text: string; readonly error?: never } | { readonly text?: never; readonly error: Error };

async function attempt({ path, read }: WatchedFile): Promise<State> {
  try {
    return { text: await (read === undefined ? readTextFile(path) : read()) };
  } catch (error) {
    return { error: error as Error };
  }
}
