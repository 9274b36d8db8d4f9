import { createHook } from 'node:async_hooks';
import { readFile } from 'node:fs';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';

/** How often a file was opened since, by way of a promise as the watch does it. */
export async function looksFromNow(): Promise<() => number> {
  // A test before may have left one that is under way.
  await timeForALook(tmpdir());
  let looks = 0;
  const hook = createHook({ init: (_id, type) => type === 'FILEHANDLE' && looks++ }).enable();
  onTestFinished(() => void hook.disable());
  return () => looks;
}

/** As long as three looks take that begin one after the other. */
export async function timeForALook(path: string): Promise<void> {
  for (let look = 0; look < 3; look++) await new Promise((resolve) => readFile(path, resolve));
}
