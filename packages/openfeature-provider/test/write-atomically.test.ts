import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../src/write-atomically.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('writeAtomically', () => {
  it('makes the file, and replaces it by another one', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    await writeAtomically(path, 'one');
    const { ino } = statSync(path);
    await writeAtomically(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).ino).not.toBe(ino);
  });

  it.each([0o600, 0o664, 0o4750])('keeps the mode %o', async (mode) => {
    const path = join(temporaryFolder(), 'flags.yaml');
    writeFileSync(path, 'one');
    chmodSync(path, mode);
    await writeAtomically(path, 'two');
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  it('gives the mode that it was told, whatever the file before it had', async () => {
    const path = join(temporaryFolder(), 'snapshot.json');
    writeFileSync(path, 'one', { mode: 0o644 });
    await writeAtomically(path, 'two', { mode: 0o600 });
    expect(statSync(path).mode & 0o7777).toBe(0o600);
  });

  it('lets nobody read what is to replace a private file, while it is written either', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'flags.yaml');
    writeFileSync(path, 'one', { mode: 0o600 });
    const modes = new Set<number>();
    const writing = writeAtomically(path, 'x'.repeat(2 ** 24)).finally(() => clearInterval(looking));
    const looking = setInterval(() => {
      for (const name of readdirSync(folder)) {
        const seen = statSync(join(folder, name), { throwIfNoEntry: false });
        if (name.endsWith('.tmp') && seen !== undefined) modes.add(seen.mode & 0o777);
      }
    });
    await writing;
    expect([...modes]).toEqual([0o600]);
  });

  it('shows the old file until it is confirmed, and keeps it where it is not', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'flags.yaml');
    writeFileSync(path, 'one');
    let seen = '';
    const confirm = async () => {
      seen = readFileSync(path, 'utf8');
      throw new Error('too late');
    };
    const refused = writeAtomically(path, 'two', { confirm });
    await expect(refused).rejects.toThrow('too late');
    expect(seen).toBe('one');
    expect(readFileSync(path, 'utf8')).toBe('one');
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
  });

  it('leaves nothing behind where it cannot be put in its place', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'flags.yaml', 'in-the-way'), { recursive: true });
    await expect(writeAtomically(join(folder, 'flags.yaml'), 'two')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['flags.yaml']);
  });
});
