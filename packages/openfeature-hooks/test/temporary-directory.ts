import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Makes a directory that is gone when the tests of the calling file are over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-hooks-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
