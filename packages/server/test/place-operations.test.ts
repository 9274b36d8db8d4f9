import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConflictError, type EditableSource, type SwitchStore } from '@sluice/core';
import { fileSource, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OperationError } from '../src/operations/operations.ts';
import { placeOperations } from '../src/operations/place-operations.ts';
import { commented, operationsSuite } from './operations-suite.ts';

const author = { by: 'ann', why: 'incident 42' };

operationsSuite('memory', 'store', async (text) => {
  const source = memorySource({ sluice: 1 });
  const { revision = null } = (await source.readText()) ?? {};
  await source.writeText({ ...author, text, expected: revision, summary: 'first' });
  const switches = memorySwitches();
  // The suite counts what it changes itself.
  const changes = { ...source, audit: async (limit: number) => (await source.audit(limit + 1)).slice(0, -1) };
  return { operations: placeOperations({ source: changes, switches }), source: changes, switches };
});

operationsSuite('a file, and switches in memory', 'store', async (text) => {
  const source = fileSource(await file(text));
  const switches = memorySwitches();
  return { operations: placeOperations({ source, switches }), source, switches };
});

operationsSuite('a file alone', 'document', async (text) => {
  const source = fileSource(await file(text));
  return { operations: placeOperations({ source }), source };
});

describe('switches in a store', () => {
  it('kills without a document that can be read, and says that it could not be checked', async () => {
    const broken = fileSource(await file('sluice: [1'));
    for (const source of [broken, fileSource('/nowhere/flags.yaml'), unreachable()]) {
      const switches = memorySwitches();
      const operations = placeOperations({ source, switches });
      const receipt = await operations.kill('ai-agent', author);
      expect(receipt).toMatchObject({ target: { switch: 'ai-agent' }, on: false });
      expect(receipt.notes.join()).toContain('could not be checked that ai-agent is a switch');
      expect((await switches.read()).switches.get('ai-agent')).toMatchObject({ on: false, ...author });
      expect(await operations.switches()).toMatchObject([{ target: { switch: 'ai-agent' }, on: false }]);
      expect((await operations.restore('ai-agent', author)).notes.join()).toContain('could not be checked');
      expect((await switches.read()).switches.size).toBe(0);
    }
  });

  it('does not wait for a document that never answers', async () => {
    const source = { ...memorySource({ sluice: 1 }), readText: () => new Promise<never>(() => undefined) };
    const receipt = await placeOperations({ source, switches: memorySwitches() }).kill('ai-agent', author);
    expect(receipt.notes[0]).toContain('did not answer within 2000 ms');
  });

  it('kills in a store that can be written and not be read', async () => {
    const store = memorySwitches();
    const forgetful: SwitchStore = { ...store, read: () => Promise.reject(new Error('the revision went back')) };
    const operations = placeOperations({ source: memorySource(document), switches: forgetful });
    await operations.kill('search', author);
    expect((await store.read()).flags.get('search')).toMatchObject({ on: false });
  });

  it('says so rather than listing nothing where neither the document nor a state is known', async () => {
    const operations = placeOperations({ source: unreachable(), switches: memorySwitches() });
    await expect(operations.switches()).rejects.toThrow('the network is down');
  });

  it('takes a name for what the document declares, whatever a stray state is about', async () => {
    const switches = memorySwitches();
    const operations = placeOperations({ source: memorySource(document), switches });
    await switches.set({ switch: 'search' }, { ...author, on: false, since: 1 });
    expect(await operations.kill('search', author)).toMatchObject({ target: { flag: 'search' } });
    expect(await operations.restore('search', author)).toMatchObject({ target: { flag: 'search' } });
    expect(await operations.restore('search', author)).toMatchObject({ target: { switch: 'search' } });
  });

  it('asks which is meant where the store alone has a switch and a flag of one name', async () => {
    const switches = memorySwitches();
    const operations = placeOperations({ source: memorySource(document), switches });
    await switches.set({ switch: 'old' }, { ...author, on: false, since: 1 });
    await switches.set({ flag: 'old' }, { ...author, on: false, since: 1 });
    await expect(operations.kill('old', author)).rejects.toThrow(/a switch and a flag/);
    await expect(operations.restore('old', author)).rejects.toThrow(/a switch and a flag/);
    expect(await operations.restore('old', { ...author, kind: 'flag' })).toMatchObject({ target: { flag: 'old' } });
    expect(await operations.kill('old', { ...author, kind: 'switch' })).toMatchObject({ target: { switch: 'old' } });
  });

  it('lets a restore beat a document that says off, until the document says on again', async () => {
    const source = memorySource({ sluice: 1, switches: { agent: { enabled: false } } });
    const switches = memorySwitches();
    const operations = placeOperations({ source, switches });
    const restored = await operations.restore('agent', author);
    expect(restored.notes[0]).toMatch(/switches\.agent\.enabled is false.*restore once more/);
    expect((await switches.read()).switches.get('agent')).toMatchObject({ on: true });
    source.replace({ sluice: 1, switches: { agent: { enabled: true } } });
    expect((await operations.restore('agent', author)).notes[0]).toContain('The document says on again');
    expect((await switches.read()).switches.size).toBe(0);
    const { revision } = await switches.read();
    expect(await operations.restore('agent', author)).toMatchObject({
      revision,
      notes: [expect.stringContaining('already')],
    });
  });

  it('keeps the time at which a kill ends, and refuses one that is past', async () => {
    const switches = memorySwitches();
    const operations = placeOperations({ source: memorySource(document), switches });
    const expiresAt = Date.now() + 60_000;
    await operations.kill('search', { ...author, expiresAt });
    expect((await switches.read()).flags.get('search')).toMatchObject({ expiresAt });
    await expect(operations.kill('search', { ...author, expiresAt: 1 })).rejects.toThrow(/past/);
    await expect(operations.kill('search', { ...author, retryAfterSeconds: -1 })).rejects.toThrow(OperationError);
  });

  it('shows no state that has expired', async () => {
    const switches = memorySwitches();
    const operations = placeOperations({ source: memorySource(document), switches });
    const state = { ...author, on: false, since: 1, expiresAt: 2 };
    await switches.set({ switch: 'agent' }, state);
    await switches.set({ flag: 'search' }, state);
    await switches.set({ switch: 'gone' }, state);
    expect(await operations.switches()).toEqual([
      { target: { switch: 'agent' }, on: true, declared: true, retryAfterSeconds: 300 },
    ]);
  });

  it('says what a kill does not reach', async () => {
    const switches = memorySwitches();
    const operations = placeOperations({ source: memorySource(document), switches });
    const unasked = await operations.kill('agent', author);
    expect(unasked.notes).toEqual(['No flag requires agent: it stops only code that asks for it by name.']);
    expect((await operations.kill('asleep', author)).notes[0]).toContain('not enabled');
  });

  it('checks names by a document that can be read and not be edited, and edits none', async () => {
    const { readText } = memorySource(document);
    const served = { name: 'https://flags', readText };
    const operations = placeOperations({ served, switches: memorySwitches() });
    await expect(operations.kill('serch', author)).rejects.toThrow('did you mean search?');
    expect(await operations.document()).toEqual(await readText());
    const edit = operations.setPercentage('search', { ...author, percentage: 1 });
    await expect(edit).rejects.toMatchObject({ name: 'OperationError', reason: 'unsupported' });
  });
});

describe('switches in a document', () => {
  it('gives the text back byte for byte when a flag is killed and restored', async () => {
    const path = await file(commented);
    const operations = placeOperations({ source: fileSource(path) });
    await operations.kill('support-model', author);
    expect(await readFile(path, 'utf8')).toContain('killed: true');
    await operations.restore('support-model', author);
    expect(await readFile(path, 'utf8')).toBe(commented);
  });

  it('refuses what only a store can do, and says where it can be done', async () => {
    const operations = placeOperations({ source: memorySource(document) });
    const expiresAt = Date.now() + 60_000;
    await expect(operations.kill('search', { ...author, expiresAt })).rejects.toThrow(/keep switches in a store/);
    await expect(operations.kill('search', { ...author, retryAfterSeconds: 5 })).rejects.toThrow(/retryAfterSeconds/);
    expect(await operations.followers()).toBeUndefined();
  });

  it('kills though somebody else edits at the same moment', async () => {
    const source = memorySource(document);
    let others = 0;
    const busy: EditableSource = {
      ...source,
      async writeText(edit) {
        if (others++ < 2) throw new ConflictError('memory', edit, await source.readText());
        return source.writeText(edit);
      },
    };
    await placeOperations({ source: busy }).kill('search', author);
    expect((await source.read()).document.flags?.['search']).toEqual({ killed: true });
    const percentage = placeOperations({ source: { ...busy, writeText: refusing(source) } });
    const asked = percentage.setPercentage('asleep', { ...author, percentage: 3 });
    await expect(asked).rejects.toMatchObject({ name: 'ConflictError', current: await source.readText() });
  });

  it('cannot kill in a document that cannot be read, and says what is wrong with it', async () => {
    const operations = placeOperations({ source: fileSource(await file('sluice: 1\nflags: 3\n')) });
    const killed = operations.kill('ai-agent', author);
    await expect(killed).rejects.toThrow(OperationError);
    await expect(killed).rejects.toThrow(/2:1 {2}error {2}flags/);
  });
});

it('tells what the changed document has doubtful about the flag, and nothing about others', async () => {
  const operations = placeOperations({ source: memorySource(doubtful) });
  const { notes } = await operations.setPercentage('model', { ...author, percentage: 5 });
  expect(notes).toEqual([expect.stringMatching(/^flags\.model is of kind model and requires no switch/)]);
});

const document = {
  sluice: 1,
  switches: { agent: {} },
  flags: { search: {}, asleep: { enabled: false } },
};

const doubtful = { sluice: 1, flags: { model: { kind: 'model' }, other: { kind: 'model' } } };

function refusing(source: EditableSource): EditableSource['writeText'] {
  return async (edit) => {
    throw new ConflictError('memory', edit, await source.readText());
  };
}

function unreachable(): EditableSource {
  return { ...memorySource({ sluice: 1 }), readText: () => Promise.reject(new Error('the network is down')) };
}

async function file(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'flags.yaml');
  writeFileSync(path, text);
  return path;
}
