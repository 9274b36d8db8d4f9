import { readFile } from 'node:fs/promises';
import { exitCodes, Failure } from './failure.ts';
import { readAll, type Terminal } from './terminal.ts';

export async function readText(file: string): Promise<string> {
  try {
    // Byte for byte what is there, or nothing: a signature is of bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    throw new Failure(exitCodes.unreadable, `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The text of a file; `-` is standard input. */
export async function readInput(file: string, terminal: Terminal): Promise<string> {
  return file === '-' ? await readAll(terminal) : await readText(file);
}
