import type { Follower, SwitchStore } from '@sluice/core';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { bearer, everyRole, type RunningServer, runningServer } from './running-server.ts';

const why = 'incident 42';
/** What these tests look at in answers. */
interface Answer {
  readonly error: string;
  readonly notes: readonly string[];
  readonly followers: object | null;
  readonly current: { readonly text: string };
  readonly attempted: string;
  readonly switches: readonly { readonly on: boolean }[];
  readonly entries: readonly { readonly by: string }[];
  readonly openapi: string;
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, object>>;
  readonly components: { readonly schemas: object };
}

const json = { 'Content-Type': 'application/json' };

async function send(server: RunningServer, method: string, path: string, body: unknown, headers: object = json) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await server.ask(`/admin/v1/${path}`, { method, headers: { ...headers }, body: text });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

async function read(server: RunningServer, path: string, headers: object = {}): Promise<Answer> {
  return (await (await server.ask(`/admin/v1/${path}`, { headers: { ...headers } })).json()) as Answer;
}

describe('the admin API', () => {
  it('kills and restores a switch, a flag, or whichever has the name', async () => {
    const server = await runningServer();
    const kill = (path: string, body: object) => send(server, 'POST', path, { why, ...body });
    expect(await kill('switches/ai-agent/kill', { retryAfterSeconds: 5 })).toMatchObject({
      status: 200,
      body: { target: { switch: 'ai-agent' }, on: false, revision: expect.any(Number) },
    });
    expect((await kill('flags/greeting/kill', {})).body).toMatchObject({ target: { flag: 'greeting' }, on: false });
    expect((await kill('kill', { name: 'support-model' })).body).toMatchObject({ target: { flag: 'support-model' } });
    const { switches } = await read(server, 'switches');
    expect(switches.map(({ on }) => on)).toEqual([false, true, false, false]);
    for (const path of ['switches/ai-agent/restore', 'flags/greeting/restore']) {
      expect((await kill(path, {})).body).toMatchObject({ on: true });
    }
    expect((await kill('restore', { name: 'support-model' })).body).toMatchObject({ on: true });
  });

  it('takes no flag for a switch, and no switch for a flag', async () => {
    const server = await runningServer();
    expect(await send(server, 'POST', 'switches/greeting/kill', { why })).toMatchObject({ status: 404 });
    expect(await send(server, 'POST', 'flags/ai-agent/kill', { why })).toMatchObject({ status: 404 });
    const undeclared = await send(server, 'POST', 'switches/greeting/kill', { why, undeclared: true });
    expect(undeclared.body).toMatchObject({ target: { switch: 'greeting' } });
  });

  it('takes names that need escaping in a path', async () => {
    const name = 'team a/agent?é#1';
    const server = await runningServer({ source: memorySource({ sluice: 1, switches: { [name]: {} } }) });
    const killed = await send(server, 'POST', `switches/${encodeURIComponent(name)}/kill`, { why });
    expect(killed.body).toMatchObject({ target: { switch: name } });
  });

  it('waits for followers where it is asked to, and says who is missing', async () => {
    const store = memorySwitches();
    const lag: Follower = { id: 'web-2', revision: 0, at: 1 };
    const switches: SwitchStore = {
      ...store,
      followers: async () => [{ ...lag, id: 'web-1', revision: (await store.read()).revision }, lag],
    };
    const server = await runningServer({ switches });
    const waited = await send(server, 'POST', 'switches/ai-agent/kill?wait=60', { why });
    expect(waited.body.followers).toEqual({ acknowledged: 1, missing: [lag], gone: [] });
    expect((await send(server, 'POST', 'switches/ai-agent/kill', { why })).body).not.toHaveProperty('followers');
    expect(await send(server, 'POST', 'switches/ai-agent/kill?wait=60000', { why })).toMatchObject({ status: 400 });
    const unknowing = await runningServer();
    const unknown = await send(unknowing, 'POST', 'switches/ai-agent/kill?wait=60', { why });
    expect(unknown.body.followers).toBeNull();
  });

  it('has made the change though nobody can say who follows', async () => {
    const store = memorySwitches();
    const switches: SwitchStore = { ...store, followers: () => Promise.reject(new Error('the network is down')) };
    const server = await runningServer({ switches });
    const killed = await send(server, 'POST', 'switches/ai-agent/kill?wait=0', { why });
    expect(killed).toMatchObject({ status: 200, body: { followers: null } });
    expect(killed.body.notes.join()).toContain('the network is down');
    expect((await store.read()).switches.get('ai-agent')?.on).toBe(false);
  });

  it('names the field of a request that is not as described', async () => {
    const server = await runningServer();
    const refused: readonly (readonly [string, string, unknown, RegExp])[] = [
      ['POST', 'switches/ai-agent/kill', {}, /^why: /],
      ['POST', 'switches/ai-agent/kill', { why: ' \n' }, /^why: say why/],
      ['POST', 'switches/ai-agent/kill', { why, retryAfterSeconds: 0.5 }, /^retryAfterSeconds: /],
      ['POST', 'switches/ai-agent/kill', { why, reason: 'x' }, /reason/],
      ['PUT', 'flags/support-model/percentage', { why, percentage: 101 }, /^percentage: /],
      ['PUT', 'flags/support-model/percentage', { why, percentage: '5' }, /^percentage: /],
      ['POST', 'flags/support-model/promote', { why }, /^variant: /],
      ['POST', 'kill', { why }, /^name: /],
      ['POST', 'kill', '{', /JSON/],
    ];
    for (const [method, path, body, message] of refused) {
      expect(await send(server, method, path, body), JSON.stringify(body)).toMatchObject({
        status: 400,
        body: { error: expect.stringMatching(message) },
      });
    }
    expect(await send(server, 'POST', 'kill', 'name=a', { 'Content-Type': 'text/plain' })).toMatchObject({
      status: 415,
    });
    expect((await server.ask('/admin/v1/audit?limit=0')).status).toBe(400);
  });

  it('answers 404 for what is not there, 422 for what cannot be done, and says what there is', async () => {
    const server = await runningServer();
    expect(await send(server, 'PUT', 'flags/suport-model/percentage', { why, percentage: 5 })).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('did you mean support-model?') },
    });
    const past = await send(server, 'POST', 'switches/ai-agent/kill', { why, expiresAt: 1 });
    expect(past).toMatchObject({ status: 422, body: { error: expect.stringContaining('past') } });
  });

  it('answers 409 to a change that was decided on another revision, with both versions', async () => {
    const server = await runningServer();
    const change = { why, percentage: 60, expected: 'long-ago' };
    const late = await send(server, 'PUT', 'flags/support-model/percentage', change);
    expect(late).toMatchObject({ status: 409, body: { expected: 'long-ago' } });
    expect(late.body.current.text).toContain('"percentage": 50');
    expect(late.body.attempted).toContain('"percentage": 60');
  });

  it('says that the place cannot be reached', async () => {
    const switches: SwitchStore = { ...memorySwitches(), set: () => Promise.reject(new Error('redis is down')) };
    const server = await runningServer({ switches });
    expect(await send(server, 'POST', 'switches/ai-agent/kill', { why })).toMatchObject({
      status: 503,
      body: { error: 'redis is down' },
    });
  });

  it('lets operators in, and no other role', async () => {
    const server = await runningServer({ tokens: everyRole });
    for (const token of ['web', 'browser', 'feed']) {
      const refused = await server.ask('/admin/v1/switches', { headers: bearer(token) });
      expect(refused.status, token).toBe(403);
    }
    expect((await server.ask('/admin/v1/switches')).status).toBe(401);
    expect((await server.ask('/admin/v1/switches', { headers: bearer('ops') })).status).toBe(200);
  });

  it('takes the token for who it was, whatever the caller says of itself', async () => {
    const server = await runningServer({ tokens: everyRole });
    const headers = { ...json, ...bearer('ops') };
    await send(server, 'POST', 'switches/ai-agent/kill', { why, by: 'root' }, headers);
    await send(server, 'POST', 'switches/ai-agent/restore', { why }, headers);
    const { entries } = await read(server, 'audit', headers);
    expect(entries.map(({ by }) => by)).toEqual(['ops', 'ops: root']);
  });
});

describe('the document of the admin API', () => {
  const put = (server: RunningServer, text: string, headers: object, query = `?why=${encodeURIComponent(why)}`) =>
    send(server, 'PUT', `document${query}`, text, { 'Content-Type': 'application/yaml', ...headers });

  it('is read with its revision, and replaced where that is still right', async () => {
    const server = await runningServer();
    const read = await server.ask('/admin/v1/document');
    const etag = read.headers.get('etag') ?? '';
    expect(read.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const unchanged = await server.ask('/admin/v1/document', { headers: { 'If-None-Match': etag } });
    expect(unchanged.status).toBe(304);
    const text = 'sluice: 1 # the second\nflags: { greeting: {} }\n';
    const replaced = await put(server, text, { 'If-Match': etag });
    expect(replaced).toMatchObject({ status: 200, body: { summary: expect.stringContaining('greeting') } });
    const now = await server.ask('/admin/v1/document');
    expect(now.headers.get('etag')).toBe(replaced.headers.get('etag'));
    expect(now.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    expect(await now.text()).toBe(text);
    const late = await put(server, 'sluice: 1\n', { 'If-Match': etag });
    expect(late).toMatchObject({ status: 412, body: { attempted: 'sluice: 1\n', current: { text } } });
  });

  it('is replaced by nobody who does not say what was read, or why', async () => {
    const server = await runningServer();
    const etag = (await server.ask('/admin/v1/document')).headers.get('etag') ?? '';
    expect(await put(server, 'sluice: 1\n', {})).toMatchObject({ status: 428 });
    for (const match of ['*', `W/${etag}`, `${etag}, "other"`, 'bare']) {
      expect(await put(server, 'sluice: 1\n', { 'If-Match': match }), match).toMatchObject({ status: 400 });
    }
    expect(await put(server, 'sluice: 1\n', { 'If-Match': etag }, '')).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^why: /) },
    });
    expect(await put(server, 'sluice: 1\n', { 'If-Match': etag, 'Content-Type': 'text/plain' })).toMatchObject({
      status: 415,
    });
    expect(await put(server, 'sluice: 1\n', { 'If-None-Match': '*' })).toMatchObject({ status: 412 });
  });

  it('is refused with line and column where it is none, as YAML and as JSON', async () => {
    const server = await runningServer();
    const etag = (await server.ask('/admin/v1/document')).headers.get('etag') ?? '';
    const yaml = await put(server, 'sluice: 1\nflags:\n  a: 3\n', { 'If-Match': etag });
    expect(yaml).toMatchObject({ status: 422, body: { problems: [{ line: 3, column: 3, path: ['flags', 'a'] }] } });
    for (const [text, line] of [
      ['{"sluice": 1,\n"flags": 3}', 2],
      ['{"sluice": 1,\n\n"flags"', 3],
    ] as const) {
      const bad = await put(server, text, { 'If-Match': etag, ...json });
      expect(bad, text).toMatchObject({ status: 422, body: { problems: [{ line }] } });
    }
  });
});

describe('the OpenAPI description', () => {
  it('has every route of the admin API, and names the other parts without describing them', async () => {
    const server = await runningServer();
    const { paths, info, openapi, components } = await read(server, 'openapi.json');
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations.toSorted()).toEqual([
      'get /audit',
      'get /document',
      'get /followers',
      'get /switches',
      'post /flags/{key}/promote',
      'post /flags/{name}/kill',
      'post /flags/{name}/restore',
      'post /kill',
      'post /restore',
      'post /switches/{name}/kill',
      'post /switches/{name}/restore',
      'put /document',
      'put /flags/{key}/percentage',
    ]);
    expect(info.description).toMatch(/\/ofrep\/v1.*\/ingest\/v1/s);
    expect(Object.keys(components.schemas)).toContain('SwitchReceipt');
    for (const [, reference] of JSON.stringify(paths).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(components.schemas).toHaveProperty(reference as string);
    }
  });
});
