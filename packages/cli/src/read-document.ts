import { readFile } from 'node:fs/promises';
import { type CompiledFlags, compileDocument, type Document, formatProblem, type Problem } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { exitCodes, Failure } from './failure.ts';
import type { Terminal } from './terminal.ts';

export interface ReadDocument {
  readonly document: Document | undefined;
  readonly problems: readonly Problem[];
}

/** Reads and checks a document; `-` is standard input. */
export async function readDocument(file: string, terminal: Terminal): Promise<ReadDocument> {
  const text = file === '-' ? await readAll(terminal) : await readText(file);
  const format = /\.json$/i.test(file) ? 'json' : /\.ya?ml$/i.test(file) ? 'yaml' : undefined;
  const { document, problems } = parseText(text, format === undefined ? {} : { format });
  return { document, problems };
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

/** `flags.yaml:12:5: error: flags.x  …`, which editors and CI logs turn into links. */
export function listProblems(file: string, problems: readonly Problem[]): string {
  return problems
    .map((problem) => `${file}\n${formatProblem(problem)}`.replace(/^(.*)\n {2}(\d+:\d+) {2}/, '$1:$2  '))
    .join('\n');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure(exitCodes.unreadable, `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readAll({ stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
