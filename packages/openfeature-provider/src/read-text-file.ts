import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** No flag document is as large; reading a file of any size would let a mistake in a path use up the memory. */
const MAX_BYTES = 256 * 2 ** 20;

/** Opening a named pipe waits for somebody to write to it, which could be for ever; opened so, it does not wait. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * The text of a regular file.
 *
 * @throws where there is none, it is too large, or it is not UTF-8; the message names the path.
 */
export async function readTextFile(path: string): Promise<string> {
  const file = await open(path, READ).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Error(`${path} cannot be read: ${why}`, { cause: error });
  });
  try {
    const { size, mode } = await file.stat();
    if ((mode & 0o170000) !== 0o100000) throw new Error(`${path} cannot be read: it is no regular file`);
    if (size > MAX_BYTES) throw new Error(`${path} cannot be read: ${size} bytes are too many for a flag document`);
    const bytes = await file.readFile();
    return decode(bytes, path);
  } finally {
    await file.close();
  }
}

/** `undefined` where there is no file; throws as `readTextFile` does where there is one. */
export async function readTextFileIfAny(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${path} cannot be read: it is not UTF-8`, { cause: error });
  }
}
