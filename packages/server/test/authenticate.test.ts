import { memorySource } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { createServer } from '../src/server.ts';
import { refused } from './metric.ts';
import { statusLine } from './raw-socket.ts';
import { bearer, everyRole, exampleDocument, runningServer, tokenOf } from './running-server.ts';

const bulk = '/ofrep/v1/evaluate/flags';

describe('a token', () => {
  it('is taken as Bearer or as X-API-Key', async () => {
    const { post } = await runningServer({ tokens: everyRole });
    for (const headers of [bearer('web'), { Authorization: 'bearer  web' }, { 'X-API-Key': 'web' }]) {
      expect((await post(bulk, { context: {} }, headers)).status).toBe(200);
    }
  });

  it.each([
    ['no token', {}],
    ['an unknown one', { Authorization: 'Bearer nobody' }],
    ['an unknown key', { 'X-API-Key': 'nobody' }],
    ['an empty one', { 'X-API-Key': '' }],
    ['a hash in place of the secret', { Authorization: `Bearer ${everyRole[0]?.sha256}` }],
    ['another scheme', { Authorization: 'Basic d2ViOg==', 'X-API-Key': 'web' }],
    ['one with a tail', { Authorization: 'Bearer web web' }],
  ])('is asked for with 401 and WWW-Authenticate: %s', async (_, headers) => {
    const server = await runningServer({ tokens: everyRole, metricsOpen: true });
    for (const path of [bulk, '/v1/followers', '/ingest/v1/records', '/admin/v1/switches', '/admin/v1/no-such-route']) {
      const answer = await server.post(path, {}, headers);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="sluice"');
    }
    expect(await refused(server, 'token')).toBe(5);
  });

  it.each([
    ['web', { evaluate: 200, document: 200, ingest: 403, admin: 403, metrics: 200 }],
    ['browser', { evaluate: 200, document: 403, ingest: 403, admin: 403, metrics: 403 }],
    ['feed', { evaluate: 403, document: 403, ingest: 422, admin: 403, metrics: 403 }],
    ['ops', { evaluate: 200, document: 200, ingest: 422, admin: 200, metrics: 200 }],
  ])('of %s may do what its role says', async (secret, expected) => {
    const source = memorySource(exampleDocument);
    const sink = { name: 'none', write: async () => undefined, close: async () => undefined };
    const { ask, post } = await runningServer({ source, sink, tokens: everyRole });
    const headers = bearer(secret);
    const records = { ...headers, 'Content-Type': 'application/x-ndjson' };
    expect({
      evaluate: (await post(bulk, { context: {} }, headers)).status,
      document: (await ask('/v1/document', { headers })).status,
      ingest: (await post('/ingest/v1/records', 'no record', records)).status,
      admin: (await ask('/admin/v1/switches', { headers })).status,
      metrics: (await ask('/metrics', { headers })).status,
    }).toEqual(expected);
  });

  it.each(['web', 'browser', 'feed'])(
    'of %s may not come near any route of the admin API, by any method',
    async (secret) => {
      const { ask } = await runningServer({ tokens: everyRole });
      const description = await (await ask('/admin/v1/openapi.json', { headers: bearer('ops') })).json();
      const paths = Object.keys((description as { readonly paths: object }).paths);
      expect(paths.length).toBeGreaterThan(10);
      for (const path of ['/openapi.json', '/no-such-route', ...paths]) {
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          const { status } = await ask(`/admin/v1${path}`, { method, headers: bearer(secret) });
          expect([method, path, status]).toEqual([method, path, 403]);
        }
      }
    },
  );

  it('is not needed where a server listens to its own machine only', async () => {
    const { ask, post } = await runningServer();
    expect((await post(bulk, { context: {} })).status).toBe(200);
    expect((await ask('/admin/v1/switches')).status).toBe(200);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.com', '127.0.0.1.example.com'])(
    'is needed to listen on %s, and the error names the mend',
    async (host) => {
      const server = createServer({ source: memorySource(exampleDocument) });
      await expect(server.listen({ host, port: 0 })).rejects.toThrow(/Give it tokens, or listen on 127\.0\.0\.1/);
    },
  );

  it('lets a server listen on every address', async () => {
    const server = createServer({ source: memorySource(exampleDocument), tokens: everyRole });
    const { port } = await server.listen({ host: '0.0.0.0', port: 0 });
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await server.close();
  });

  it('is refused at the start where it can never fit or not be told from another', () => {
    const source = memorySource(exampleDocument);
    const token = tokenOf('web', 'evaluate');
    for (const [tokens, message] of [
      [[{ ...token, sha256: 'web' }], /64 lower-case hex digits/],
      [[tokenOf('', 'operate')], /empty secret/],
      [[token, { ...tokenOf('other', 'operate'), name: 'web' }], /two tokens named web/],
      [[token, { ...token, name: 'other' }], /same secret/],
    ] as const) {
      expect(() => createServer({ source, tokens })).toThrow(message);
    }
  });
});

describe('a server without tokens', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', '169.254.169.254', 'localhost.evil.example:80'])(
    'does not answer to the name %s, which a web page may have pointed at this machine',
    async (host) => {
      const server = await runningServer();
      const ask = `GET /admin/v1/switches HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expect(await statusLine(server.port, ask)).toBe('HTTP/1.1 403 Forbidden');
      expect(await refused(server, 'host')).toBe(1);
    },
  );

  it('takes no change from a web page of another origin, of whatever type its body is', async () => {
    const server = await runningServer();
    for (const type of ['text/plain', 'application/json']) {
      const answer = await server.ask('/admin/v1/switches/ai-agent/kill', {
        method: 'POST',
        headers: { Origin: 'https://evil.example', 'Content-Type': type },
        body: '{"why":"fun"}',
      });
      expect(answer.status).toBe(403);
    }
    expect(await refused(server, 'origin')).toBe(2);
    expect(server.server.live.switches.revision).toBe(0);
    const own = await server.post('/ofrep/v1/evaluate/flags', { context: {} }, { Origin: server.url });
    expect(own.status).toBe(200);
  });
});
