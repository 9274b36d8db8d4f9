import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockFile } from '../src/file-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const lockPath = (): string => join(temporaryFolder(), 'flags.yaml.lock');

describe('lockFile', () => {
  it('is held by one at a time, and every other gets it after the one before', async () => {
    const path = lockPath();
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      const lock = await lockFile(path);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      await lock.check();
      inside--;
      await lock.release();
    };
    await Promise.all([work(), work(), work(), work()]);
    expect(most).toBe(1);
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('says in the file who holds it', async () => {
    const path = lockPath();
    await lockFile(path);
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^process ${process.pid} on `));
  });

  it('is taken over from a process that left it behind, with a warning that names it', async () => {
    const path = lockPath();
    writeFileSync(path, 'process 1 on web-1, 7\n');
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const [first, second] = [lockFile(path), lockFile(path)];
    const lock = await Promise.race([first, second]);
    expect(await warned).toMatchObject({
      name: 'SluiceWarning',
      message: expect.stringMatching(/flags\.yaml\.lock was left behind by process 1 on web-1, 7; it was taken over$/),
    });
    await lock.check();
    await lock.release();
    for (const each of await Promise.all([first, second])) await each.release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it.each([
    ['gone', (path: string) => rmSync(path)],
    ["another's", (path: string) => writeFileSync(path, 'process 2')],
  ])('fails the check of whom it was taken from: it is %s', async (_, take) => {
    const path = lockPath();
    const lock = await lockFile(path);
    take(path);
    await expect(lock.check()).rejects.toThrow('was taken over by another process: nothing was written');
    const left = readdirSync(dirname(path));
    await lock.release();
    expect(readdirSync(dirname(path))).toEqual(left);
  });

  it('says what it cannot create', async () => {
    const folder = temporaryFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await expect(lockFile(join(folder, 'missing', 'flags.yaml.lock'))).rejects.toThrow(
      /flags\.yaml\.lock cannot be created, and without it nothing is written: ENOENT/,
    );
  });
});
