import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editableSourceSuite } from '@sluice/conformance';
import { ConflictError, type DocumentEdit, DocumentError, type SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileSource } from '../src/file-source.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { told } from './told.ts';

editableSourceSuite(
  { describe, it },
  {
    name: 'fileSource',
    create: () => {
      const path = join(temporaryFolder(), 'flags');
      return { source: fileSource(path, { settleMs: 5 }), other: fileSource(path, { settleMs: 5 }) };
    },
  },
);

const text = (percentage: number): string =>
  `# the support bot\nsluice: 1\nflags:\n  model: { rollout: { percentage: ${percentage}, serve: "on" } }\n`;
const edit = (percentage: number, expected: string | null): DocumentEdit => ({
  text: text(percentage),
  expected,
  by: 'ann',
  why: 'it is well',
  summary: `model: percentage ${percentage}`,
});

function documentFile(content?: string) {
  const path = join(temporaryFolder(), 'flags.yaml');
  if (content !== undefined) writeFileSync(path, content);
  const source = fileSource(path, { settleMs: 5 });
  onTestFinished(() => source.close());
  return { path, source };
}

describe('the edits of fileSource', () => {
  it('have the text as it is written, and its revision, which is of the content', async () => {
    const { path, source } = documentFile(text(1));
    const first = await source.readText();
    expect(first).toEqual({ text: text(1), revision: expect.stringMatching(/^[0-9a-f]{16}$/) });
    writeFileSync(path, text(2));
    const second = await source.readText();
    expect(second?.revision).not.toBe(first?.revision);
    writeFileSync(path, text(1));
    expect(await source.readText()).toEqual(first);
  });

  it('replace the text from the revision that they were made from, and tell who watches', async () => {
    const { path, source } = documentFile(text(1));
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    const { revision = null } = (await source.readText()) ?? {};
    const after = await source.writeText(edit(5, revision));
    expect(readFileSync(path, 'utf8')).toBe(text(5));
    expect(await source.readText()).toEqual({ text: text(5), revision: after });
    expect((await changes.next()).reading?.document.flags?.['model']?.rollout?.percentage).toBe(5);
    expect(await source.audit(5)).toEqual([
      {
        action: 'document',
        at: expect.any(Number),
        by: 'ann',
        why: 'it is well',
        summary: 'model: percentage 5',
        from: revision,
        to: after,
      },
    ]);
  });

  it('make a document where there was none, and only there', async () => {
    const { source } = documentFile();
    expect(await source.readText()).toBeUndefined();
    const revision = await source.writeText(edit(1, null));
    await expect(source.writeText(edit(2, null))).rejects.toThrow(
      `was made from no document, and it is at revision ${revision}`,
    );
  });

  it('let exactly one of two at once win, and show the other both versions', async () => {
    const { path, source } = documentFile(text(1));
    const { revision = null } = (await source.readText()) ?? {};
    const other = fileSource(path);
    const results = await Promise.allSettled([source.writeText(edit(5, revision)), other.writeText(edit(9, revision))]);
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    const lost = results[1 - won];
    const [kept, refused] = won === 0 ? [text(5), text(9)] : [text(9), text(5)];
    expect(readFileSync(path, 'utf8')).toBe(kept);
    const error = lost?.status === 'rejected' ? lost.reason : undefined;
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      expected: revision,
      attempted: refused,
      current: { text: kept, revision: (await source.readText())?.revision },
    });
    expect(await source.audit(5)).toHaveLength(1);
  });

  it('conflict with a document that is gone', async () => {
    const { source } = documentFile();
    await expect(source.writeText(edit(1, '0123456789abcdef'))).rejects.toMatchObject({
      name: 'ConflictError',
      current: undefined,
    });
  });

  it('are refused where the text is no document, with every problem, and change nothing', async () => {
    const { path, source } = documentFile(text(1));
    const { revision = null } = (await source.readText()) ?? {};
    const bad = source.writeText({ ...edit(1, revision), text: 'sluice: 1\nflags: { a: { enabld: true } }\n' });
    await expect(bad).rejects.toThrow(DocumentError);
    await expect(bad).rejects.toThrow(/flags\.yaml is not a usable.+\n.*2:15/);
    expect(readFileSync(path, 'utf8')).toBe(text(1));
    expect(await source.audit(5)).toEqual([]);
  });

  it('mend a file that is no document', async () => {
    const { source } = documentFile('flags: {');
    const { revision = null } = (await source.readText()) ?? {};
    await source.writeText(edit(1, revision));
    expect((await source.read()).document.sluice).toBe(1);
  });

  it('keep the mode of the file', async () => {
    const { path, source } = documentFile(text(1));
    chmodSync(path, 0o640);
    const { revision = null } = (await source.readText()) ?? {};
    await source.writeText(edit(2, revision));
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });
});
