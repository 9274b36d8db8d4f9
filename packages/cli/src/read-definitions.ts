import { exitCodes, Failure } from './failure.ts';
import { readInput } from './read-text.ts';
import type { Terminal } from './terminal.ts';

/** The JSON that a vendor gave out; `-` is standard input. */
export async function readDefinitions(file: string, terminal: Terminal): Promise<unknown> {
  const text = await readInput(file, terminal);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const message = `${file} is not JSON, or not all of it: ${(error as Error).message}`;
    throw new Failure(exitCodes.refused, message, { cause: error });
  }
}
