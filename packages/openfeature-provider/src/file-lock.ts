import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Whoever holds a lock holds it for milliseconds. One that stays this long was left behind by a process that died. */
const LEFT_BEHIND_AFTER_MS = 5000;
const LOOK_INTERVAL_MS = 20;

export interface FileLock {
  /** @throws where somebody else has taken the lock over, as from a process that was stopped for seconds. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Waits for a file's exclusive creation, which is the lock among the processes of a machine or of a shared volume.
 *
 * The age of a lock is measured by how long it is seen unchanged from here, because no two machines have the same clock.
 *
 * @throws where the file cannot be created for any other reason than that it exists.
 */
export async function lockFile(path: string): Promise<FileLock> {
  const own = `process ${process.pid} on ${hostname()}, ${randomUUID()}\n`;
  let seen: string | undefined;
  let seenSince = 0;
  while (!(await create(path, own))) {
    const holder = await textOf(path);
    if (holder === undefined) continue;
    if (holder !== seen) {
      seen = holder;
      seenSince = performance.now();
    } else if (performance.now() - seenSince >= LEFT_BEHIND_AFTER_MS) {
      await takeAway(path, holder);
      continue;
    }
    await delay(LOOK_INTERVAL_MS);
  }
  const isOwn = async (): Promise<boolean> => (await textOf(path)) === own;
  return {
    async check() {
      if (!(await isOwn()))
        throw new Error(`${path} was taken over by another process: nothing was written, try again`);
    },
    async release() {
      if (await isOwn()) await rm(path, { force: true });
    },
  };
}

async function create(path: string, own: string): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    const why = (error as Error).message;
    throw new Error(`${path} cannot be created, and without it nothing is written: ${why}`, { cause: error });
  }
}

/** `undefined` where it is gone by now. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** By a rename, which only one of several succeeds in; what it brought away may be a newer lock, which is given back. */
async function takeAway(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Where it cannot be given back, its holder finds that out by `check` and writes nothing.
  if ((await textOf(aside)) !== holder) await link(aside, path).catch(() => {});
  else process.emitWarning(`${path} was left behind by ${holder.trim()}; it was taken over`, 'SluiceWarning');
  await rm(aside, { force: true });
}
