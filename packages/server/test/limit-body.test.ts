import { describe, expect, it } from 'vitest';
import { nesting } from '../src/limits/nesting.ts';
import { refused } from './metric.ts';
import { rawSocket, statusLine } from './raw-socket.ts';
import { recordingServer } from './recording-server.ts';
import { everyRole, runningServer } from './running-server.ts';

const bulk = '/ofrep/v1/evaluate/flags';
const json = { 'Content-Type': 'application/json' };
const head = `POST ${bulk} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;

describe('a body', () => {
  const limits = { bodyBytes: 100, jsonDepth: 4 };

  it('is taken up to the limit, whether its length is said or not', async () => {
    const { ask } = await runningServer({ limits });
    const body = JSON.stringify({ context: { a: '' } });
    const full = body.replace('""', `"${'x'.repeat(100 - body.length)}"`);
    expect((await ask(bulk, { method: 'POST', headers: json, body: full })).status).toBe(200);
    expect((await ask(bulk, chunked(full))).status).toBe(200);
    expect((await ask(bulk, { method: 'POST', headers: json, body: `${full} ` })).status).toBe(413);
    expect((await ask(bulk, chunked(`${full} `))).status).toBe(413);
  });

  it('is refused by its length alone, before it arrives', async () => {
    const server = await runningServer({ limits });
    expect(await statusLine(server.port, `${head}Content-Length: 99999999999\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await refused(server, 'body')).toBe(1);
  });

  it('is refused while it is read where it has no end', async () => {
    const server = await runningServer({ limits });
    const { socket, all } = rawSocket(server.port, `${head}Transfer-Encoding: chunked\r\n\r\n`);
    const feed = setInterval(() => socket.writable && socket.write(`40\r\n${'x'.repeat(64)}\r\n`), 1);
    expect(await all).toMatch(/^HTTP\/1\.1 413 /);
    clearInterval(feed);
    expect(await refused(server, 'body')).toBe(1);
  });

  it('is not read for who is not let in', async () => {
    const server = await runningServer({ tokens: everyRole, metricsOpen: true });
    const { socket, all } = rawSocket(server.port, `${head}Content-Length: 1000\r\n\r\n`);
    socket.once('data', () => socket.end());
    expect(await all).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(['/nowhere', '/healthz', '/metrics', '/ofrep/v1/nowhere', '/v1/nowhere', '/admin/v1/kill'])(
    'is not read for who is not let in, at %s either',
    async (path) => {
      const server = await runningServer({ tokens: everyRole, metricsOpen: true });
      const answer = await server.ask(path, { method: 'POST', headers: json, body: '['.repeat(100) });
      expect([401, 404, 405]).toContain(answer.status);
      expect(await refused(server, 'json')).toBe(0);
    },
  );

  it('of which nothing says how long it is, as in HTTP/2, is counted while it is read', async () => {
    const { server } = await runningServer({ limits });
    const ask = (body: string): Response | Promise<Response> =>
      server.app.request(`http://localhost${bulk}`, chunked(body));
    expect((await ask('{"context":{}}')).status).toBe(200);
    expect((await ask(`{"context":{"a":"${'x'.repeat(100)}"}}`)).status).toBe(413);
    expect((await ask('{"context":{"a":[[[[]]]]}}')).status).toBe(400);
  });

  it.each([
    [bulk, '{'],
    [`${bulk}/greeting`, '[]'],
    [bulk, '{"context":1}'],
    ['/admin/v1/kill', '{'],
    ['/v1/followers', '{'],
    ['/ingest/v1/feedback', '{'],
  ])('that cannot be read is refused and counted: %s %s', async (path, body) => {
    const { server } = await recordingServer();
    expect((await server.ask(path, { method: 'POST', headers: json, body })).status).toBe(400);
    expect((await refused(server, 'json')) + (await refused(server, 'malformed'))).toBe(1);
  });

  it('with many faults is answered with the first of them', async () => {
    const { server } = await recordingServer();
    const members = Array.from({ length: 50_000 }, (_, index) => `"k${index}":[]`).join();
    for (const [path, body] of [
      ['/ingest/v1/feedback', `{"token":"t","outcomes":{${members}}}`],
      ['/ingest/v1/outcomes', `{"runs":[{"key":"a","unit":"u","metadata":{${members}}}]}`],
      ['/ingest/v1/exposures', `{"exposures":[${'{},'.repeat(999)}{}]}`],
      ['/admin/v1/kill', `{"name":"ai-agent","why":"w",${members}}`],
    ] as const) {
      const answer = await server.ask(path, { method: 'POST', headers: json, body });
      expect(answer.status).toBe(400);
      expect((await answer.text()).length).toBeLessThan(5_000);
    }
  });

  it('that nests too deep is refused before it is parsed, and one within the limit is not', async () => {
    const server = await runningServer({ limits: { jsonDepth: 4 } });
    const deep = (levels: number): string => `{"context":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    expect((await server.ask(bulk, { method: 'POST', headers: json, body: deep(2) })).status).toBe(200);
    for (const body of [deep(3), deep(100_000), '['.repeat(500_000)]) {
      const answer = await server.ask(bulk, { method: 'POST', headers: json, body });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        errorCode: 'PARSE_ERROR',
        errorDetails: expect.stringMatching(/deeper than 4/),
      });
    }
    expect(await refused(server, 'json')).toBe(3);
  });

  it.each([[undefined], ['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp'], ['json']])(
    'has to say that it is JSON: %s',
    async (type) => {
      const server = await runningServer();
      const headers = type === undefined ? {} : { 'Content-Type': type };
      const body = new TextEncoder().encode('{"context":{}}');
      expect((await server.ask(bulk, { method: 'POST', headers, body })).status).toBe(415);
      expect(await refused(server, 'content-type')).toBe(1);
      const good = { 'Content-Type': 'Application/JSON; charset=utf-8' };
      expect((await server.ask(bulk, { method: 'POST', headers: good, body })).status).toBe(200);
    },
  );

  it('that holds what JavaScript would mistake for something else changes nothing', async () => {
    const { ask } = await runningServer();
    const body = '{"context":{"__proto__":{"plan":"staff"},"constructor":{"prototype":{"plan":"staff"}}}}';
    const answer = await ask(`${bulk}/greeting`, { method: 'POST', headers: json, body });
    expect(await answer.json()).toMatchObject({ variant: 'short' });
    expect({}).not.toHaveProperty('plan');
  });
});

describe('nesting', () => {
  it.each([
    ['', 0],
    ['1', 0],
    ['[]', 1],
    ['{"a":[1,{"b":[]}]}', 4],
    ['["[[[[", "\\"[[[", "\\\\", []]', 2],
    ['[][][]', 1],
    [']]]][', 1],
  ])('of %s is %d', (text, depth) => {
    expect(nesting(text)).toBe(depth);
  });
});

function chunked(body: string): RequestInit {
  const stream = new Response(body).body as ReadableStream<Uint8Array>;
  return { method: 'POST', headers: json, body: stream, duplex: 'half' } as RequestInit;
}
