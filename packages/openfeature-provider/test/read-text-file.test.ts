import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTextFile } from '../src/read-text-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('readTextFile', () => {
  const place = (name: string): string => join(temporaryFolder(), name);

  it('reads UTF-8, without the mark that some editors put first', async () => {
    const path = place('flags.yaml');
    writeFileSync(path, '\ufeffsluice: 1 # naïve 日本\n');
    expect(await readTextFile(path)).toBe('sluice: 1 # naïve 日本\n');
  });

  it('says that there is no such file', async () => {
    const path = place('flags.yaml');
    await expect(readTextFile(path)).rejects.toThrow(`${path} cannot be read: there is no such file`);
  });

  it('refuses a folder', async () => {
    const path = place('folder');
    mkdirSync(path);
    await expect(readTextFile(path)).rejects.toThrow(`${path} cannot be read: it is no regular file`);
  });

  it('refuses a named pipe at once, though nobody writes to it', async () => {
    const path = place('pipe');
    execFileSync('mkfifo', [path]);
    await expect(readTextFile(path)).rejects.toThrow(`${path} cannot be read: it is no regular file`);
  });

  it('refuses a device that never ends', async () => {
    await expect(readTextFile('/dev/zero')).rejects.toThrow('/dev/zero cannot be read: it is no regular file');
  });

  it('refuses bytes that are no UTF-8', async () => {
    const path = place('flags.yaml');
    writeFileSync(path, Buffer.from('sluice: 1 # caf\u00e9', 'latin1'));
    await expect(readTextFile(path)).rejects.toThrow(`${path} cannot be read: it is not UTF-8`);
  });

  it('refuses a file that no flag document is as large as, without reading it', async () => {
    const path = place('flags.yaml');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 30);
    await expect(readTextFile(path)).rejects.toThrow(/1073741824 bytes are too many for a flag document/);
  });

  // A loop of links, because a file whose permissions forbid it opens all the same for root.
  it('says why the system would not open it', async () => {
    const path = place('loop');
    symlinkSync(path, path);
    await expect(readTextFile(path)).rejects.toThrow(/cannot be read: ELOOP/);
  });
});
