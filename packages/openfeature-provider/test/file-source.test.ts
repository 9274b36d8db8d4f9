import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceSuite } from '@sluice/conformance';
import type { SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { timeForALook } from './looks.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { told } from './told.ts';

sourceSuite(
  { describe, it },
  {
    name: 'fileSource',
    create: async () => {
      const path = join(temporaryFolder(), 'flags.json');
      return {
        source: fileSource(path, { settleMs: 5 }),
        write: async (document) => writeFileSync(path, JSON.stringify(document)),
        writeBad: async () => writeFileSync(path, '{ "sluice": 1, "flags": '),
        remove: async () => rmSync(path),
      };
    },
  },
);

describe('fileSource', () => {
  const yaml = 'sluice: 1\nflags:\n  flag: { variants: { a: A, b: B }, control: a }\n';

  it.each([
    ['flags.yaml', yaml],
    ['flags.yml', yaml],
    ['flags.json', '{ "sluice": 1 }'],
    ['flags', yaml],
    ['flags', '{ "sluice": 1 }'],
  ])('reads %s by its name, or else by what it looks like', async (name, text) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, text);
    expect((await fileSource(path).read()).document.sluice).toBe(1);
  });

  it('refuses YAML in a file that is called JSON, unless it is told the format', async () => {
    const path = join(temporaryFolder(), 'flags.json');
    writeFileSync(path, yaml);
    await expect(fileSource(path).read()).rejects.toThrow(/is not JSON/);
    expect((await fileSource(path, { format: 'yaml' }).read()).document.sluice).toBe(1);
  });

  it('names the file, the line and the column of every problem', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    writeFileSync(path, 'sluice: 1\nflags:\n  flag: { control: c, variants: { a: A } }\n  other: { enabld: true }\n');
    const failure = await fileSource(path)
      .read()
      .catch((error: Error) => error);
    expect(failure).toMatchObject({
      name: 'DocumentError',
      message: expect.stringContaining(`${path} is not a usable`),
    });
    expect((failure as Error).message).toMatch(/4:12 {2}error {2}flags\.other\.enabld/);
  });

  it('refuses a text longer than maxLength, unread', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    writeFileSync(path, yaml);
    expect((await fileSource(path, { maxLength: yaml.length }).read()).document.sluice).toBe(1);
    await expect(fileSource(path, { maxLength: yaml.length - 1 }).read()).rejects.toThrow(/more than the \d+ that are/);
  });

  it('tells nothing of the document that was read, when it is watched', async () => {
    const path = join(temporaryFolder(), 'flags.yaml');
    writeFileSync(path, yaml);
    const source = fileSource(path, { settleMs: 0 });
    onTestFinished(() => source.close());
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    for (let looks = 0; looks < 5; looks++) await timeForALook(path);
    writeFileSync(path, 'sluice: 1\n');
    expect(await changes.next()).toEqual({ reading: { document: { sluice: 1 }, warnings: [] } });
  });

  it('means the file that a relative path meant when it was made', async () => {
    const folder = temporaryFolder();
    const before = process.cwd();
    writeFileSync(join(folder, 'flags.yaml'), yaml);
    try {
      process.chdir(folder);
      const source = fileSource('flags.yaml');
      process.chdir(before);
      expect(source.name).toBe('file flags.yaml');
      expect((await source.read()).document.sluice).toBe(1);
    } finally {
      process.chdir(before);
    }
  });
});
