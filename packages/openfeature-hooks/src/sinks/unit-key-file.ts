import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * Reads the key of a directory, or makes it. The file appears whole or not at all: it is written under another name and
 * linked to its own, which fails where another process was first, and then that one's key counts.
 *
 * @throws where the file can neither be read nor made, or is not a whole key.
 */
export function readOrMakeUnitKey(directory: string): Uint8Array {
  const path = join(directory, 'unit.key');
  const known = read(path);
  if (known !== undefined) return known;
  mkdirSync(directory, { recursive: true });
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkIfThere(draft);
  }
  const made = read(path);
  if (made === undefined) throw new Error(`${path} vanished while it was made; is something clearing the directory?`);
  return made;
}

function read(path: string): Uint8Array | undefined {
  let key: Uint8Array;
  try {
    key = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (key.length === KEY_BYTES) return key;
  throw new Error(
    `${path} holds ${key.length} bytes and a key has ${KEY_BYTES}: bring back a copy of the file, ` +
      'or delete it and begin anew (units and feedback tokens recorded so far will match no later ones)',
  );
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
