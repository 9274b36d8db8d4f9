import { sourceSuite } from '@sluice/conformance';
import { DocumentError, type SourceChange } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../src/memory-source.ts';

const document = (control: string) => ({
  sluice: 1,
  flags: { flag: { variants: { a: 'A', b: 'B' }, control } },
});

sourceSuite(
  { describe, it },
  {
    name: 'memorySource',
    create: async () => {
      const source = memorySource({ sluice: 1 });
      return { source, write: async (next) => source.replace(next) };
    },
    without: {
      badDocuments: 'a document that cannot be used is refused where it is handed over',
      removal: 'there is always a document',
    },
  },
);

describe('memorySource', () => {
  it('refuses a document that cannot be used where it is handed over, and serves the one before', async () => {
    expect(() => memorySource({ sluice: 2 })).toThrow(DocumentError);
    const source = memorySource(document('a'));
    const told: SourceChange[] = [];
    source.watch?.((change) => told.push(change));
    expect(() => source.replace(document('c'))).toThrow(/flags\.flag\.control {2}"c" is not a declared variant/);
    expect((await source.read()).document).toEqual(document('a'));
    expect(told).toEqual([]);
  });

  it('tells everybody who watches', () => {
    const source = memorySource(document('a'));
    const told: string[] = [];
    source.watch?.(() => told.push('first'));
    source.watch?.(() => told.push('second'));
    source.replace(document('b'));
    expect(told).toEqual(['first', 'second']);
  });

  it('has its text edited from the revision that it is at, tells who watches, and keeps the text as it was written', async () => {
    const source = memorySource(document('a'));
    const told: SourceChange[] = [];
    source.watch?.((change) => told.push(change));
    const { revision = '', text } = (await source.readText()) ?? {};
    expect(JSON.parse(text ?? '')).toEqual(document('a'));
    const edit = { text: '# by hand\nsluice: 1\n', by: 'ann', why: 'a test', summary: 'all gone' };
    const to = await source.writeText({ ...edit, expected: revision });
    expect(await source.readText()).toEqual({ text: edit.text, revision: to });
    expect(told).toEqual([{ reading: { document: { sluice: 1 }, warnings: [] } }]);
    expect(await source.audit(1)).toMatchObject([{ action: 'document', by: 'ann', from: revision, to }]);
    await expect(source.writeText({ ...edit, expected: revision })).rejects.toMatchObject({
      name: 'ConflictError',
      current: { text: edit.text, revision: to },
    });
    await expect(source.writeText({ ...edit, text: 'sluice: 2', expected: to })).rejects.toThrow(DocumentError);
    expect(await source.audit(9)).toHaveLength(1);
  });
});
