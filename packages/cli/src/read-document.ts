import {
  type CompiledFlags,
  compileDocument,
  type Document,
  DocumentError,
  formatPath,
  type Problem,
} from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { fileSource } from '@sluice/openfeature-provider';
import { exitCodes, Failure } from './failure.ts';
import { readAll, type Terminal } from './terminal.ts';

export interface ReadDocument {
  readonly document: Document | undefined;
  readonly problems: readonly Problem[];
}

/** Reads and checks a document as the provider would; `-` is standard input. */
export async function readDocument(file: string, terminal: Terminal): Promise<ReadDocument> {
  if (file === '-') {
    const { document, problems } = parseText(await readAll(terminal));
    return { document, problems };
  }
  try {
    const { document, warnings } = await fileSource(file).read();
    return { document, problems: warnings };
  } catch (error) {
    if (error instanceof DocumentError) return { document: undefined, problems: error.problems };
    throw new Failure(exitCodes.unreadable, (error as Error).message, { cause: error });
  }
}

/** A document ready to be evaluated; one that cannot be used ends the command with all that is wrong with it. */
export async function readFlags(
  file: string,
  terminal: Terminal,
): Promise<{ document: Document; flags: CompiledFlags }> {
  const { document, problems } = await readDocument(file, terminal);
  if (document === undefined) throw new Failure(exitCodes.refused, listProblems(file, problems));
  return { document, flags: compileDocument(document) };
}

/** `flags.yaml:12:5  error  flags.x  …`, a place that editors and CI logs turn into a link. */
export function listProblems(file: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ line, column, severity, path, message }) => {
    const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return `${place}  ${severity}  ${formatPath(path)}  ${message}`;
  });
  return lines.join('\n');
}
