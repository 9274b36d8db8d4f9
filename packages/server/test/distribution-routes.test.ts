import { generateKeyPairSync, verify } from 'node:crypto';
import type { Follower, Source } from '@sluice/core';
import { parseText } from '@sluice/core/text';
import { LiveFlags, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { createServer } from '../src/server.ts';
import { refused } from './metric.ts';
import { exampleDocument, runningServer } from './running-server.ts';

const killed = { on: false, since: 1, by: 'ops', why: 'outage' };

describe('the document', () => {
  it('is handed out as it was written, with its revision as ETag and 304 for who has it', async () => {
    const source = memorySource({ sluice: 1 });
    const text = '# what we open this week\nsluice: 1\nflags: { greeting: {} }\n';
    const { ask } = await runningServer({ source });
    const before = (await source.readText())?.revision ?? null;
    const revision = await source.writeText({ text, expected: before, by: 'ada', why: 'test', summary: 'test' });
    const answer = await ask('/v1/document');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/yaml; charset=utf-8']);
    expect([answer.headers.get('etag'), answer.headers.get('sluice-signature')]).toEqual([`"${revision}"`, null]);
    expect(await answer.text()).toBe(text);
    const again = await ask('/v1/document', { headers: { 'If-None-Match': `W/"${revision}"` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await ask('/v1/document', { headers: { 'If-None-Match': `"${before}"` } })).status).toBe(200);
  });

  it('comes from a source that cannot be edited too, as JSON that reads as the same document', async () => {
    const inner = memorySource(exampleDocument);
    const source: Source = { name: 'bucket', read: () => inner.read(), close: () => inner.close() };
    const { ask } = await runningServer({ source });
    const answer = await ask('/v1/document');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(parseText(await answer.text()).document).toEqual((await inner.read()).document);
  });

  it('is signed over its bytes where a key is set, and a bad key is refused at the start', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const { ask } = await runningServer({ signingKey });
    const answer = await ask('/v1/document');
    const signature = Buffer.from(answer.headers.get('sluice-signature') ?? '', 'base64');
    expect(verify(null, Buffer.from(await answer.arrayBuffer()), publicKey, signature)).toBe(true);
    expect(() => createServer({ source: memorySource(exampleDocument), signingKey: 'no key' })).toThrow(/Ed25519/);
  });

  it('is 503 before the first, and the last one while its text cannot be read', async () => {
    const inner = memorySource(exampleDocument);
    const broken = { readText: false, read: true };
    const source = {
      ...inner,
      read: () => (broken.read ? Promise.reject(new Error('not yet')) : inner.read()),
      readText: () => (broken.readText ? Promise.reject(new Error('not now')) : inner.readText()),
    };
    const { ask, server } = await runningServer({ source });
    const early = await ask('/v1/document');
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
    broken.read = false;
    await server.start();
    const first = await (await ask('/v1/document')).text();
    broken.readText = true;
    inner.replace({ sluice: 1, version: 'v2' });
    expect(await (await ask('/v1/document')).text()).toBe(first);
    broken.readText = false;
    expect(await (await ask('/v1/document')).text()).toContain('v2');
  });

  it('has an ETag for any revision, also one that no header could hold', async () => {
    const inner = memorySource(exampleDocument);
    const source = { ...inner, readText: async () => ({ text: 'sluice: 1', revision: 'a"\r\nX: y' }) };
    const { ask } = await runningServer({ source });
    const answer = await ask('/v1/document');
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    expect(answer.headers.get('x')).toBeNull();
  });
});

describe('the switch states', () => {
  it('are handed out in their JSON form, with 304 for who has them', async () => {
    const switches = memorySwitches();
    const { ask } = await runningServer({ switches });
    const revision = await switches.set({ switch: 'ai-agent' }, killed);
    const answer = await ask('/v1/switches');
    expect(await answer.json()).toEqual({ revision, switches: { 'ai-agent': killed }, flags: {} });
    const headers = { 'If-None-Match': answer.headers.get('etag') ?? '' };
    expect((await ask('/v1/switches', { headers })).status).toBe(304);
    await switches.set({ flag: 'greeting' }, killed);
    expect((await ask('/v1/switches', { headers })).status).toBe(200);
  });

  it('are none where the server keeps none', async () => {
    const server = createServer({ source: memorySource(exampleDocument) });
    await server.start();
    const answer = await server.app.request('/v1/switches');
    expect(await answer.json()).toEqual({ revision: 0, switches: {}, flags: {} });
    await server.close();
  });
});

describe('followers', () => {
  it('are handed to the store, and refused where they are no followers', async () => {
    const told: Omit<Follower, 'at'>[] = [];
    const acknowledge = async (follower: Omit<Follower, 'at'>): Promise<void> => void told.push(follower);
    const server = await runningServer({ switches: { ...memorySwitches(), acknowledge } });
    expect((await server.post('/v1/followers', { id: 'web-1', revision: 3, more: true })).status).toBe(204);
    expect(told).toEqual([{ id: 'web-1', revision: 3 }]);
    const bad = [
      { id: '', revision: 1 },
      { id: 'x'.repeat(201), revision: 1 },
      { id: 'a', revision: -1 },
      { id: 'a' },
      null,
    ];
    for (const body of bad) expect((await server.post('/v1/followers', body)).status).toBe(400);
    expect(await refused(server, 'json')).toBe(bad.length);
    expect(told).toHaveLength(1);
  });

  it('are answered 503 while the store cannot be reached, which is no news for the log', async () => {
    const acknowledge = () => Promise.reject(new Error('connection lost'));
    const { post, warnings } = await runningServer({ switches: { ...memorySwitches(), acknowledge } });
    const answer = await post('/v1/followers', { id: 'web-1', revision: 3 });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(warnings).toEqual([]);
  });

  it('are taken where the store counts nobody', async () => {
    const { post } = await runningServer();
    expect((await post('/v1/followers', { id: 'web-1', revision: 3 })).status).toBe(204);
  });
});

describe('a process that is handed this document', () => {
  it('evaluates as the server does', async () => {
    const { ask, post } = await runningServer();
    const source = memorySource(parseText(await (await ask('/v1/document')).text()).document ?? {});
    const live = new LiveFlags(source, {}, () => undefined);
    await live.start();
    const context = { targetingKey: 'ada' };
    const there = (await (await post('/ofrep/v1/evaluate/flags/support-model', { context })).json()) as object;
    expect(await live.evaluate('support-model', context)).toMatchObject({
      variant: (there as { variant: string }).variant,
    });
    await live.close();
  });
});
