import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Follower, SwitchStore } from '@sluice/core';
import { fileSource, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it, onTestFinished } from 'vitest';
import { remoteOperations } from '../src/operations/remote-operations.ts';
import { commented, operationsSuite } from './operations-suite.ts';
import { everyRole, runningServer } from './running-server.ts';

const author = { by: 'ann', why: 'incident 42' };

operationsSuite('a server with switches', 'store', async (text) => {
  const source = fileSource(await file(text));
  const switches = memorySwitches();
  const { url } = await runningServer({ source, switches, tokens: everyRole });
  return { operations: remoteOperations(url, { token: 'ops' }), source, switches };
});

operationsSuite('a server with a file alone', 'document', async (text) => {
  const source = fileSource(await file(text));
  const { url } = await runningServer({ source, tokens: everyRole, switches: undefined as never });
  return { operations: remoteOperations(`${url}/`, { token: 'ops' }), source };
});

describe('operations over HTTP', () => {
  it('says in the audit trail whose token it was, and what its holder said of himself', async () => {
    const { url } = await runningServer({ tokens: everyRole });
    const operations = remoteOperations(url, { token: 'ops' });
    await operations.kill('ai-agent', author);
    expect(await operations.audit(1)).toMatchObject([{ by: 'ops: ann', why: 'incident 42' }]);
  });

  it('hands on who follows', async () => {
    const at = [{ id: 'web-1', revision: 3, at: 5 }];
    const switches: SwitchStore = { ...memorySwitches(), followers: async (): Promise<readonly Follower[]> => at };
    const { url } = await runningServer({ switches });
    expect(await remoteOperations(url).followers()).toEqual(at);
    const without = await runningServer();
    expect(await remoteOperations(without.url).followers()).toBeUndefined();
  });

  it('says plainly that a token is not known, or may not do this', async () => {
    const { url } = await runningServer({ tokens: everyRole });
    await expect(remoteOperations(url).switches()).rejects.toThrow(/does not let this token in/);
    await expect(remoteOperations(url, { token: 'stolen' }).switches()).rejects.toThrow(/does not let this token in/);
    await expect(remoteOperations(url, { token: 'web' }).switches()).rejects.toThrow(/but not for this/);
  });

  it('says plainly that nobody is there, that nobody answers, or that it is no such server', async () => {
    const silent = createServer((request, response) => {
      if (request.url?.startsWith('/other')) response.writeHead(404).end('<html>');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(remoteOperations(url, { timeoutMs: 50 }).audit(1)).rejects.toThrow(/did not answer within 50 ms/);
    await expect(remoteOperations(`${url}/other`).document()).rejects.toThrow(/Is it a Sluice server/);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    await expect(remoteOperations(url).audit(1)).rejects.toThrow(/cannot be reached: ./);
  });

  it('knows that there is no document, and writes the first', async () => {
    const path = join(await folder(), 'flags.yaml');
    const { url } = await runningServer({ source: fileSource(path) });
    const operations = remoteOperations(url);
    expect(await operations.document()).toBeUndefined();
    const { revision } = await operations.replaceDocument({ ...author, text: commented, expected: null });
    expect(await operations.document()).toEqual({ text: commented, revision });
    const again = operations.replaceDocument({ ...author, text: commented, expected: null });
    await expect(again).rejects.toMatchObject({ name: 'ConflictError', expected: null, current: { revision } });
  });

  it('reads a document that the server cannot edit, and says that it cannot', async () => {
    const { read, close } = memorySource({ sluice: 1, flags: { search: {} } });
    const { url } = await runningServer({ source: { name: 'fixed', read, close } });
    const operations = remoteOperations(url);
    expect((await operations.document())?.text).toContain('search');
    await expect(operations.kill('serch', author)).rejects.toThrow('did you mean search?');
    const edit = operations.setPercentage('search', { ...author, percentage: 1 });
    await expect(edit).rejects.toMatchObject({ name: 'OperationError', reason: 'unsupported' });
  });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'sluice-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function file(text: string): Promise<string> {
  const path = join(await folder(), 'flags.yaml');
  await writeFile(path, text);
  return path;
}
