import { readFile } from 'node:fs/promises';
import { exitCodes, Failure } from './failure.ts';
import { readAll, type Terminal } from './terminal.ts';

/** The JSON that a vendor gave out; `-` is standard input. */
export async function readDefinitions(file: string, terminal: Terminal): Promise<unknown> {
  const text = file === '-' ? await readAll(terminal) : await read(file);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const message = `${file} is not JSON, or not all of it: ${(error as Error).message}`;
    throw new Failure(exitCodes.refused, message, { cause: error });
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Failure(exitCodes.unreadable, `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
