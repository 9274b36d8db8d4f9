import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceSuite } from '@sluice/conformance';
import type { Source, SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpSource } from '../../src/http/http-source.ts';
import { memorySource } from '../../src/memory-source.ts';
import { snapshotSource } from '../../src/snapshots/snapshot-source.ts';
import { servedDocument } from '../http/document-server.ts';
import { startServer } from '../http/start-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { told } from '../told.ts';

sourceSuite(
  { describe, it },
  {
    name: 'snapshotSource of memorySource',
    create: async () => {
      const memory = memorySource({ sluice: 1 });
      return {
        source: snapshotSource(memory, join(temporaryFolder(), 'snapshot.json')),
        write: async (document) => memory.replace(document),
      };
    },
    without: { badDocuments: 'memory refuses them', removal: 'memory always has a document' },
  },
);

const document = {
  sluice: 1,
  flags: { flag: { variants: { a: 'A' }, control: 'a', rollout: { percentage: 5, serve: 'a' } } },
};

/** A source that cannot be read until a test says so. */
function unreachable(message = 'the server is away') {
  let listener: (change: SourceChange) => void = () => {};
  const source: Source = {
    name: 'unreachable',
    read: async () => {
      throw new Error(message);
    },
    watch(next) {
      listener = next;
    },
    async close() {},
  };
  return { source, tell: (change: SourceChange) => listener(change) };
}

/** A file that holds a snapshot of the document. */
async function snapshotOf(given: object): Promise<string> {
  const path = join(temporaryFolder(), 'below', 'snapshot.json');
  const source = snapshotSource(memorySource(given), path);
  await source.read();
  await source.close();
  return path;
}

describe('snapshotSource', () => {
  it('keeps a document in a file that only its owner can read, without leftovers', async () => {
    const path = await snapshotOf(document);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      takenAt: expect.any(Number),
      content: { document },
    });
  });

  it('replaces the file with each later document, and makes an open one private', async () => {
    const path = join(temporaryFolder(), 'snapshot.json');
    writeFileSync(path, 'old', { mode: 0o644 });
    const memory = memorySource({ sluice: 1 });
    const source = snapshotSource(memory, path);
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    memory.replace(document);
    await changes.next();
    await source.close();
    expect(JSON.parse(readFileSync(path, 'utf8')).content).toEqual({ document });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('goes on writing after it was written', async () => {
    const path = join(temporaryFolder(), 'snapshot.json');
    const memory = memorySource({ sluice: 1 });
    const source = snapshotSource(memory, path);
    for (const version of ['1', '2', '3']) {
      memory.replace({ sluice: 1, version });
      await source.read();
      await source.close();
      expect(JSON.parse(readFileSync(path, 'utf8')).content.document.version).toBe(version);
    }
  });

  it('reads the snapshot where the source cannot be read, and tells first of all how old it is and why', async () => {
    const path = await snapshotOf(document);
    const { takenAt, content } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ takenAt: takenAt - 180_000, content }));
    const { source, tell } = unreachable();
    const snapshotted = snapshotSource(source, path);
    expect(snapshotted.name).toBe('unreachable');
    expect(await snapshotted.read()).toMatchObject({ document, warnings: [{ severity: 'warning' }] });
    const changes = told<SourceChange>();
    snapshotted.watch?.(changes.push);
    const since = new Date(takenAt - 180_000).toISOString();
    expect((await changes.next()).error?.message).toBe(
      `serving the snapshot of ${since} (3 min old): the server is away`,
    );
    // The same again says nothing new; another reason does, and the snapshot is what is served still.
    tell({ error: new Error('the server is away') });
    tell({ error: new Error('the server is busy') });
    expect((await changes.next()).error?.message).toMatch(/^serving the snapshot of .*: the server is busy$/);
    tell({ reading: { document: { sluice: 1 }, warnings: [] } });
    expect(await changes.next()).toEqual({ reading: { document: { sluice: 1 }, warnings: [] } });
    tell({ error: new Error('the server is away') });
    expect((await changes.next()).error?.message).toBe('the server is away');
    expect(changes.untaken).toEqual([]);
    await snapshotted.close();
  });

  it('tells nothing of the snapshot once it was closed', async () => {
    const snapshotted = snapshotSource(unreachable().source, await snapshotOf(document));
    await snapshotted.read();
    const changes = told<SourceChange>();
    snapshotted.watch?.(changes.push);
    await snapshotted.close();
    expect(changes.untaken).toEqual([]);
  });

  it('rejects as the source does where there is no snapshot', async () => {
    const { source } = unreachable();
    const path = join(temporaryFolder(), 'none.json');
    await expect(snapshotSource(source, path).read()).rejects.toThrow(/^the server is away$/);
  });

  it.each([
    ['no JSON', '{ "takenAt": 1', /JSON/],
    ['nothing', '', /JSON/],
    ['null', 'null', /null/],
    ['without a time', '{ "content": { "document": { "sluice": 1 } } }', /does not say when it was taken/],
    ['of an impossible time', '{ "takenAt": 1e300, "content": { "document": { "sluice": 1 } } }', /when it was taken/],
    ['of something else', '{ "takenAt": 1, "content": { "revision": 1 } }', /not a usable flag document/],
    ['of a bad document', '{ "takenAt": 1, "content": { "document": { "sluice": 2 } } }', /not a usable flag document/],
  ])('rejects with both reasons where the snapshot is %s', async (_, text, fault) => {
    const path = join(temporaryFolder(), 'snapshot.json');
    writeFileSync(path, text);
    const failure = await snapshotSource(unreachable().source, path)
      .read()
      .catch((error: Error) => error);
    expect((failure as Error).message).toMatch(
      /^the server is away; and its snapshot .*snapshot\.json cannot be used: /,
    );
    expect((failure as Error).message).toMatch(fault);
    expect((failure as Error).cause).toMatchObject({ message: 'the server is away' });
  });

  it('warns once of a file that cannot be written, and reads and tells as ever', async () => {
    const warnings = told<Error>();
    process.on('warning', warnings.push);
    onTestFinished(() => void process.off('warning', warnings.push));
    const blocked = join(temporaryFolder(), 'blocked');
    writeFileSync(blocked, 'a file where a folder should be');
    const memory = memorySource({ sluice: 1 });
    const source = snapshotSource(memory, join(blocked, 'snapshot.json'));
    expect((await source.read()).document).toEqual({ sluice: 1 });
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    memory.replace(document);
    expect((await changes.next()).reading?.document).toEqual(document);
    await source.close();
    await source.read();
    await source.close();
    expect(await warnings.next()).toMatchObject({
      name: 'SluiceWarning',
      message: expect.stringMatching(/^The snapshot .*snapshot\.json cannot be written, and will be old: /),
    });
    // A warning is given in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings.untaken).toEqual([]);
  });

  it('starts from the disk without a network, and goes on by the network when there is one', async () => {
    const served = servedDocument('etag');
    const { url } = await startServer(served.answer);
    const source = snapshotSource(httpSource(`${url}/flags.json`, { pollIntervalMs: 5 }), await snapshotOf(document));
    onTestFinished(() => source.close());
    expect((await source.read()).document).toEqual(document);
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    expect((await changes.next()).error?.message).toMatch(
      /^serving the snapshot of .* \(\d+ s old\): .* answered 404$/,
    );
    served.text = JSON.stringify(document);
    expect((await changes.next()).reading?.document).toEqual(document);
  });
});
