import { resolve } from 'node:path';
import {
  ConflictError,
  DocumentError,
  type DocumentText,
  type EditableSource,
  type Reading,
  type SourceChange,
} from '@sluice/core';
import { parseText, type TextFormat } from '@sluice/core/text';
import { revisionOf } from './document-revision.ts';
import { editFile, editsOf } from './edited-file.ts';
import { followTextFile } from './follow-text-file.ts';
import { readTextFile, readTextFileIfAny } from './read-text-file.ts';
import type { TextResult } from './watch-text-file.ts';

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

/**
 * Serves a document from a YAML or JSON file, and each later state of the file, however it came to be replaced.
 *
 * Edits lock the file by `<path>.lock`, replace it whole, and are listed in `<path>.audit.ndjson`. A link stays a link: the
 * file it leads to is edited.
 */
export function fileSource(path: string, options: FileSourceOptions = {}): EditableSource {
  const { pollIntervalMs = 1000, settleMs = 50 } = options;
  // A relative path means the file it meant here, whatever directory the process changes to.
  const absolutePath = resolve(path);
  let lastText: string | undefined;
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
  const following = followTextFile({ path: absolutePath, pollIntervalMs, settleMs }, change);
  const name = `file ${path}`;
  return {
    name,
    async read() {
      lastText = undefined;
      lastText = await readTextFile(absolutePath);
      return parse(lastText);
    },
    watch(listener) {
      following.add(listener, lastText);
    },
    async readText() {
      return documentText(await readTextFileIfAny(absolutePath));
    },
    async writeText(edit) {
      const { text, expected, summary, by, why } = edit;
      parse(text);
      const to = revisionOf(text);
      await editFile(absolutePath, (found) => {
        const current = documentText(found);
        const from = current?.revision ?? null;
        if (from !== expected) throw new ConflictError(name, edit, current);
        return { text, entry: { action: 'document', at: Date.now(), by, why, summary, from, to } };
      });
      return to;
    },
    audit: (limit) => editsOf(absolutePath, limit),
    async close() {
      following.end();
    },
  };
}

function documentText(text: string | undefined): DocumentText | undefined {
  return text === undefined ? undefined : { text, revision: revisionOf(text) };
}

function textOptions(path: string, options: FileSourceOptions): Parameters<typeof parseText>[1] {
  const { maxLength } = options;
  const format = options.format ?? (/\.json$/i.test(path) ? 'json' : /\.ya?ml$/i.test(path) ? 'yaml' : undefined);
  return { ...(format === undefined ? {} : { format }), ...(maxLength === undefined ? {} : { maxLength }) };
}
