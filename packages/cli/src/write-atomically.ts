import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { exitCodes, Failure } from './failure.ts';

/** Writes a file that is there whole or, if anything fails, as it was. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  // Beside the file, as a rename does not cross file systems.
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new Failure(exitCodes.unreadable, `${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
