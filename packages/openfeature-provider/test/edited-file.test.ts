import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentAuditEntry } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { editFile, editsOf } from '../src/edited-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const entry: DocumentAuditEntry = {
  action: 'document',
  at: 1,
  by: 'ann',
  why: 'a test',
  summary: 's',
  from: null,
  to: 'x',
};

describe('editFile', () => {
  it('gives each edit what the one before left', async () => {
    const path = join(temporaryFolder(), 'file');
    const append = (text = ''): { text: string; entry: DocumentAuditEntry } => ({ text: `${text}.`, entry });
    await Promise.all([1, 2, 3, 4].map(() => editFile(path, append)));
    expect(readFileSync(path, 'utf8')).toBe('....');
    expect(await editsOf(path, 10)).toHaveLength(4);
  });

  it('writes nothing, not even to the trail, where the edit throws, and lets the next one in', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    const refusing = editFile(path, () => {
      throw new Error('no');
    });
    await expect(refusing).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
    await editFile(path, () => ({ text: 'yes', entry }));
    expect(readdirSync(folder).sort()).toEqual(['file', 'file.audit.ndjson']);
  });

  it('has the trail written before the file is changed', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    mkdirSync(`${path}.audit.ndjson`);
    await expect(editFile(path, () => ({ text: 'new', entry }))).rejects.toThrow('EISDIR');
    expect(readdirSync(folder)).toEqual(['file.audit.ndjson']);
  });

  it('writes nothing where its lock was taken over while it was stopped', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'old');
    const late = editFile(path, () => {
      writeFileSync(`${path}.lock`, 'process 2');
      return { text: 'new', entry };
    });
    await expect(late).rejects.toThrow('was taken over by another process');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readFileSync(`${path}.lock`, 'utf8')).toBe('process 2');
    expect(await editsOf(path, 1)).toEqual([]);
  });

  it.each([
    ['a file', true],
    ['a file that is not there yet', false],
  ])('edits what a link leads to, %s, and leaves the link', async (_, there) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    const [target, link] = [join(folder, 'real', 'file'), join(folder, 'link')];
    if (there) writeFileSync(target, 'old');
    symlinkSync(join('real', 'file'), link);
    const seen: (string | undefined)[] = [];
    await editFile(link, (text) => {
      seen.push(text);
      return { text: 'new', entry };
    });
    expect(seen).toEqual([there ? 'old' : undefined]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(await editsOf(target, 1)).toEqual(await editsOf(link, 1));
    expect(readdirSync(folder).sort()).toEqual(['link', 'real']);
  });
});
