import { resolve } from 'node:path';
import { DocumentError, type Reading, type Source, type SourceChange } from '@sluice/core';
import { parseText, type TextFormat } from '@sluice/core/text';
import { readTextFile } from './read-text-file.ts';
import { type TextResult, watchTextFile } from './watch-text-file.ts';

export interface FileSourceOptions {
  /** @default 'json' for a name that ends in .json, 'yaml' for .yaml and .yml, else what the text looks like */
  readonly format?: TextFormat;
  /** Longest document that is read, in characters. @default 16 MiB as JSON, 2 MiB as YAML */
  readonly maxLength?: number;
  /** How often the file is looked at, in case the system tells nothing of a change. @default 1000 */
  readonly pollIntervalMs?: number;
  /** How long the text has to stay the same before it counts as written out. @default 50 */
  readonly settleMs?: number;
}

/** Serves a document from a YAML or JSON file, and each later state of the file, however it came to be replaced. */
export function fileSource(path: string, options: FileSourceOptions = {}): Source {
  const { pollIntervalMs = 1000, settleMs = 50 } = options;
  // A relative path means the file it meant here, whatever directory the process changes to.
  const absolutePath = resolve(path);
  let lastText: string | undefined;
  let stop: (() => void) | undefined;
  const parse = (text: string): Reading => {
    const { document, problems } = parseText(text, textOptions(path, options));
    if (document === undefined) throw new DocumentError(path, problems);
    return { document, warnings: problems };
  };
  const change = (text: TextResult): SourceChange => {
    try {
      return { reading: parse(text()) };
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)) };
    }
  };
  return {
    name: `file ${path}`,
    async read() {
      lastText = undefined;
      lastText = await readTextFile(absolutePath);
      return parse(lastText);
    },
    watch(listener) {
      stop?.();
      stop = watchTextFile({ path: absolutePath, pollIntervalMs, settleMs, lastText }, (text) =>
        listener(change(text)),
      );
    },
    async close() {
      stop?.();
      stop = undefined;
    },
  };
}

function textOptions(path: string, options: FileSourceOptions): Parameters<typeof parseText>[1] {
  const { maxLength } = options;
  const format = options.format ?? (/\.json$/i.test(path) ? 'json' : /\.ya?ml$/i.test(path) ? 'yaml' : undefined);
  return { ...(format === undefined ? {} : { format }), ...(maxLength === undefined ? {} : { maxLength }) };
}
