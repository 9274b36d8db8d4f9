import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutcomeRecord } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { duckdbStore } from '../src/index.ts';
import { listSegments } from '../src/segments.ts';
import { segmentDirectory, toLines } from './segment-directory.ts';

const record = { v: 1, type: 'outcome', id: 'i', at: 1, variant: 'old', arm: 'control', stage: '', unit: 'u' } as const;
const lineOf = (flag: string): string =>
  toLines([{ ...record, flag, run: 'r', metric: 'm', value: 1 } satisfies OutcomeRecord]);

async function flagsIn(directory: string): Promise<readonly string[]> {
  const store = duckdbStore(directory);
  const flags = await store.flags();
  await store.close();
  return flags.map((span) => span.flag);
}

describe('segments', () => {
  it('are the .ndjson files of a directory and the links to such, none of its folders', async () => {
    const directory = await segmentDirectory({ 'b.ndjson': '', 'a.ndjson': '', key: 'secret', 'a.ndjson.tmp': 'x' });
    await mkdir(join(directory, 'folder.ndjson'));
    await writeFile(join(directory, 'folder.ndjson', 'c.ndjson'), '');
    await symlink(join(directory, 'a.ndjson'), join(directory, 'link.ndjson'));
    const names = (await listSegments(directory)).map((path) => path.slice(directory.length + 1));
    expect(names).toEqual(['a.ndjson', 'b.ndjson', 'link.ndjson']);
  });

  it('are read under any name, and no other file in their place', async () => {
    const names = [
      'with space',
      "it's",
      '"quoted"',
      'a*',
      'a?',
      '[ab]',
      '[!a]',
      '{a,b}',
      ']',
      'x=1',
      '~',
      '%41',
      '$a',
      'é',
      '-',
      '#',
      'new\nline',
      '..a',
      'http:',
    ];
    for (const name of names) {
      const parent = await segmentDirectory();
      const directory = join(parent, name);
      for (const folder of ['a', 'ab', 'b', name]) {
        await mkdir(join(parent, folder), { recursive: true });
        await writeFile(join(parent, folder, `${name}.ndjson`), lineOf('other'));
      }
      await writeFile(join(directory, `${name}.ndjson`), lineOf('mine'));
      await writeFile(join(directory, `a.txt`), lineOf('other'));
      expect(await flagsIn(directory), name).toEqual(['mine']);
    }
  });

  it('count once each where the name of one is a pattern for another', async () => {
    const directory = await segmentDirectory({
      '[ab].ndjson': lineOf('brackets'),
      'a.ndjson': lineOf('a'),
      '*.ndjson': lineOf('star'),
    });
    expect(await flagsIn(directory)).toEqual(['a', 'brackets', 'star']);
    const store = duckdbStore(directory);
    expect(await store.summarise({ from: 0, to: 10, metrics: {} })).toMatchObject({ duplicates: 0, skippedLines: 0 });
    await store.close();
  });

  it('are not passed over in silence where one cannot be opened', async () => {
    const directory = await segmentDirectory({ 'a.ndjson': lineOf('a') });
    await symlink(join(directory, 'gone'), join(directory, 'b.ndjson'));
    await expect(flagsIn(directory)).rejects.toThrow(join(directory, 'b.ndjson'));
  });

  it('may be many', async () => {
    const files = Array.from({ length: 500 }, (_, index) => [`${index}.ndjson`, lineOf(String(index))]);
    expect(await flagsIn(await segmentDirectory(Object.fromEntries(files)))).toHaveLength(500);
  });
});
