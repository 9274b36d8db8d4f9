import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface AtomicWrite {
  /** @default that of the file before it, and its owner where the process may set that; else what the process makes files with */
  readonly mode?: number;
  /** The last that happens before the new file is in its place; where it rejects, the old one stays. */
  readonly confirm?: () => Promise<void>;
}

/**
 * Replaces a file that is there whole or, if anything fails, as it was, also after a power cut. A link would be replaced,
 * not followed.
 */
export async function writeAtomically(path: string, text: string, options: AtomicWrite = {}): Promise<void> {
  const { mode, confirm } = options;
  const before = mode === undefined ? await statIfAny(path) : undefined;
  // Beside the file, as a rename does not cross file systems.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    // Nobody may read in the meantime, or after a crash, what was kept from him before.
    const file = await open(temporary, 'wx', before === undefined ? mode : 0o600);
    try {
      await file.writeFile(text);
      if (before !== undefined) await makeLike(before, file);
      await file.sync();
    } finally {
      await file.close();
    }
    await confirm?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

async function statIfAny(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function makeLike(before: Stats, file: FileHandle): Promise<void> {
  const { uid, gid } = await file.stat();
  // The owner first: setting it takes away bits of the mode.
  if (uid !== before.uid || gid !== before.gid) await file.chown(before.uid, before.gid).catch(() => {});
  await file.chmod(before.mode & 0o7777);
}

/** So that the rename itself survives a power cut. Not every system lets a folder be opened. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
