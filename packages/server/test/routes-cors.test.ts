import { describe, expect, it } from 'vitest';
import { bearer, everyRole, runningServer } from './running-server.ts';

const bulk = '/ofrep/v1/evaluate/flags';
const origin = 'https://app.acme.com';
const ask = {
  Origin: origin,
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'authorization,content-type,if-none-match',
};

describe('web pages of other origins', () => {
  it('are not let in unless they are named', async () => {
    const server = await runningServer({ tokens: everyRole });
    for (const path of [bulk, '/ingest/v1/outcomes', '/v1/document', '/admin/v1/switches']) {
      const answer = await server.ask(path, { method: 'OPTIONS', headers: ask });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    const answer = await server.post(bulk, { context: {} }, { ...bearer('browser'), Origin: origin });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('may evaluate and ingest where they are named exactly, and read ETag and Retry-After', async () => {
    const server = await runningServer({ tokens: everyRole, corsOrigins: [origin] });
    for (const path of [bulk, '/ingest/v1/outcomes']) {
      const answer = await server.ask(path, { method: 'OPTIONS', headers: ask });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-headers')).toBe(
        'Authorization,Content-Type,If-None-Match,X-API-Key',
      );
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
    const answer = await server.post(bulk, { context: {} }, { ...bearer('browser'), Origin: origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toBe('ETag,Retry-After');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('see why they were refused, so that a page can tell 401 and 429 from no network', async () => {
    const limits = { requestsPerSecond: 0.001, requestBurst: 1 };
    const server = await runningServer({ tokens: everyRole, corsOrigins: [origin], limits });
    const seen = [];
    for (const secret of ['nobody', 'nobody', 'feed']) {
      const answer = await server.post(bulk, { context: {} }, { ...bearer(secret), Origin: origin });
      seen.push([answer.status, answer.headers.get('access-control-allow-origin')]);
    }
    expect(seen).toEqual([401, 429, 403].map((status) => [status, origin]));
  });

  it.each([
    'https://app.acme.com.evil.example',
    'http://app.acme.com',
    'https://app.acme.com:8443',
    'https://APP.acme.com',
    'null',
  ])('are not let in as %s where another is named', async (other) => {
    const server = await runningServer({ tokens: everyRole, corsOrigins: [origin] });
    const answer = await server.post(bulk, { context: {} }, { ...bearer('browser'), Origin: other });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('never reach what operators and other processes use', async () => {
    const server = await runningServer({ tokens: everyRole, corsOrigins: [origin] });
    for (const path of ['/v1/document', '/v1/stream', '/v1/switches', '/admin/v1/switches', '/metrics', '/healthz']) {
      const answer = await server.ask(path, { headers: { ...bearer('ops'), Origin: origin } });
      expect([path, answer.headers.get('access-control-allow-origin')]).toEqual([path, null]);
      await answer.body?.cancel();
    }
  });
});
