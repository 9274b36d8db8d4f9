import { connect } from 'node:net';
import { memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { eventReader } from './event-reader.ts';
import { metric, refused } from './metric.ts';
import { rawSocket, statusLine } from './raw-socket.ts';
import { everyRole, runningServer } from './running-server.ts';

const bulk = '/ofrep/v1/evaluate/flags';
const host = 'Host: localhost\r\n';

describe('a slow client', () => {
  it('that sends its headers byte by byte is ended and counted, and others are answered meanwhile', async () => {
    const server = await runningServer({ limits: { headersTimeoutMs: 100 } });
    const { socket, all } = rawSocket(server.port, `GET /healthz HTTP/1.1\r\n${host}`);
    const feed = setInterval(() => socket.writable && socket.write('X: y\r\n'), 20);
    expect((await server.ask('/healthz')).status).toBe(200);
    expect(await all).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(feed);
    expect(await refused(server, 'timeout')).toBe(1);
  });

  it('that sends its body byte by byte is ended and counted', async () => {
    const server = await runningServer({ limits: { requestTimeoutMs: 200 } });
    const head = `POST ${bulk} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const { socket, all } = rawSocket(server.port, head);
    const feed = setInterval(() => socket.writable && socket.write('{'), 20);
    expect(await all).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(feed);
    expect(await refused(server, 'timeout')).toBe(1);
  });

  it('that says nothing at all is ended', async () => {
    const { port } = await runningServer({ limits: { headersTimeoutMs: 100 } });
    expect(await rawSocket(port).all).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
  });
});

describe('what is no request of HTTP', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an unknown method', `BREW /healthz HTTP/1.1\r\n${host}\r\n`],
    ['a header that is folded into another', `GET /healthz HTTP/1.1\r\n${host}X: a\nY: b\rZ: c\r\n\r\n`],
    ['a header name with a space', `GET /healthz HTTP/1.1\r\n${host}X : a\r\n\r\n`],
    ['two lengths', `POST ${bulk} HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    [
      'a length and chunks',
      `POST ${bulk} HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    ],
    ['a length below zero', `POST ${bulk} HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n{}`],
    ['a zero byte in a header', `GET /healthz HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`],
  ])('is refused and counted: %s', async (_, text) => {
    const server = await runningServer();
    expect(await statusLine(server.port, text)).toBe('HTTP/1.1 400 Bad Request');
    expect(await refused(server, 'malformed')).toBe(1);
    expect((await server.ask('/healthz')).status).toBe(200);
  });

  it('is refused with 431 where its headers are too large', async () => {
    const server = await runningServer({ limits: { headerBytes: 1_000 } });
    const text = `GET /healthz HTTP/1.1\r\n${host}X: ${'x'.repeat(2_000)}\r\n\r\n`;
    expect(await statusLine(server.port, text)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await refused(server, 'headers')).toBe(1);
  });

  it('is not even heard where too many connections are open', async () => {
    const server = await runningServer({ limits: { connections: 1 } });
    const { socket } = rawSocket(server.port, `GET /healthz HTTP/1.1\r\n${host}\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    expect(await rawSocket(server.port, `GET /healthz HTTP/1.1\r\n${host}\r\n`).all).toBe('');
    socket.write(`GET /metrics HTTP/1.1\r\n${host}\r\n`);
    let text = '';
    while (!text.includes('cause="connections"')) {
      text += await new Promise((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    }
    expect(text).toContain('sluice_refused_total{cause="connections"} 1');
    socket.destroy();
  });
});

describe('a path', () => {
  it.each([
    '/v1/../admin/v1/switches',
    '/ofrep/%2e%2e/admin/v1/switches',
    '/ofrep/%2E%2e%2fadmin/v1/switches',
    '/ofrep/..%2f..%2fetc/passwd',
    '/./healthz',
    '//healthz',
    '/ofrep//v1/evaluate/flags',
    '/ofrep/v1/evaluate/flags/',
    '/healthz%00',
    '/healthz%0d%0aX-Injected:%20yes',
    '/%',
    '/%ff',
    '/healthz\\..\\admin',
    'healthz',
    'http://localhost/healthz',
    '*',
  ])('that could be read in two ways is refused and counted: %s', async (path) => {
    const server = await runningServer();
    const text = `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
    expect(await rawSocket(server.port, text).all).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?!.*X-Injected)/s);
    expect((await refused(server, 'path')) + (await refused(server, 'malformed'))).toBe(1);
  });

  it('that is too long is refused with 414', async () => {
    const server = await runningServer();
    expect((await server.post(`${bulk}/${'k'.repeat(2_048)}`, { context: {} })).status).toBe(414);
    expect((await server.post(`${bulk}/${'k'.repeat(2_000)}`, { context: {} })).status).toBe(404);
    expect(await refused(server, 'path')).toBe(1);
  });

  it('that is no route is 404, and one with another method 405 with what it takes', async () => {
    const server = await runningServer();
    expect((await server.ask('/nowhere')).status).toBe(404);
    for (const [method, path, allow] of [
      ['GET', bulk, 'POST'],
      ['DELETE', `${bulk}/greeting`, 'POST'],
      ['POST', '/v1/document', 'GET, HEAD'],
      ['PUT', '/healthz', 'GET, HEAD'],
      ['PATCH', '/admin/v1/switches', 'GET, HEAD'],
      ['OPTIONS', bulk, 'POST'],
    ] as const) {
      const answer = await server.ask(path, { method });
      expect([method, path, answer.status, answer.headers.get('allow')]).toEqual([method, path, 405, allow]);
    }
    for (const method of ['TRACE', 'PROPFIND', 'QUERY']) {
      const line = await statusLine(server.port, `${method} ${bulk} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      expect([method, line]).toEqual([method, 'HTTP/1.1 405 Method Not Allowed']);
    }
    expect([await refused(server, 'route'), await refused(server, 'method')]).toEqual([1, 9]);
  });

  it('never gets into a label: those are patterns', async () => {
    const server = await runningServer();
    for (const key of ['greeting', 'secret-name']) await server.post(`${bulk}/${key}`, { context: {} });
    await server.ask('/nowhere/secret-name');
    const text = await (await server.ask('/metrics')).text();
    expect(text).not.toContain('secret-name');
    expect(await metric(server, 'sluice_requests_total{route="/ofrep/v1/evaluate/flags/:key{.+}",status="200"}')).toBe(
      1,
    );
    expect(await metric(server, 'sluice_requests_total{route="/ofrep/v1/evaluate/flags/:key{.+}",status="404"}')).toBe(
      1,
    );
    expect(await metric(server, 'sluice_requests_total{route="none",status="404"}')).toBe(1);
  });
});

describe('what is echoed', () => {
  it('cannot end a header: line breaks in keys, tags and tickets stay in the body or nowhere', async () => {
    const { post, ask } = await runningServer({ tokens: everyRole });
    const headers = { Authorization: 'Bearer web' };
    const break_ = encodeURIComponent('x\r\nX-Injected: yes');
    const answers = [
      await post(`${bulk}?flagConfigEtag=${break_}`, { context: { targetingKey: 'x\r\nX-Injected: yes' } }, headers),
      await ask(`/ofrep/v1/events?ticket=${break_}`),
      await ask(`/v1/document?x=${break_}`, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
    for (const answer of answers) expect(answer.headers.get('x-injected')).toBeNull();
  });

  it('comes with headers that keep it from being sniffed or kept', async () => {
    const { ask } = await runningServer();
    for (const path of ['/healthz', '/nowhere']) {
      const { headers } = await ask(path);
      expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
    }
  });
});

describe('a connection', () => {
  it('answers requests that are sent at once, in their order', async () => {
    const { port } = await runningServer();
    const body = '{"context":{}}';
    const ask = (key: string, more = ''): string =>
      `POST ${bulk}/${key} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
    const text = await rawSocket(port, ask('greeting') + ask('missing') + ask('asleep', 'Connection: close\r\n')).all;
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)|"key":"(\w+)"/g)].map(([, status, key]) => status ?? key)).toEqual([
      '200',
      'greeting',
      '404',
      'missing',
      '200',
      'asleep',
    ]);
  });

  it('is let finish when the server closes, and a new one is not taken', async () => {
    const { server, port } = await runningServer();
    const body = '{"context":{}}';
    const head = `POST ${bulk}/greeting HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    const idle = rawSocket(port, `GET /healthz HTTP/1.1\r\n${host}\r\n`);
    await new Promise((resolve) => idle.socket.once('data', resolve));
    const busy = rawSocket(port, head);
    // The server has it once it answers what was sent after it on another connection.
    await fetch(`http://127.0.0.1:${port}/healthz`);
    const closed = server.close();
    expect(await idle.all).toMatch(/200 OK/);
    busy.socket.write(body);
    expect(await busy.all).toMatch(/^HTTP\/1\.1 200 OK/);
    await closed;
    const error = await new Promise<NodeJS.ErrnoException>((resolve) =>
      connect(port, '127.0.0.1').once('error', resolve),
    );
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('that does not finish is ended within the bound', async () => {
    const { server, port } = await runningServer({ limits: { closeTimeoutMs: 50 } });
    const { all } = rawSocket(
      port,
      `POST ${bulk} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n`,
    );
    await fetch(`http://127.0.0.1:${port}/healthz`);
    await server.close();
    expect(await all).not.toMatch(/200 OK/);
  });
});

describe('a client that reads too slowly', () => {
  it('is ended once too much is unread, while others go on hearing everything', async () => {
    const switches = memorySwitches();
    const server = await runningServer({ switches });
    const { socket, all } = rawSocket(server.port, `GET /v1/stream HTTP/1.1\r\n${host}\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const quick = eventReader(await server.ask('/v1/stream'));
    expect((await quick.next())?.event).toBe('document');
    expect((await quick.next())?.event).toBe('switches');
    expect(await metric(server, 'sluice_streams_open')).toBe(2);
    const why = 'x'.repeat(500_000);
    for (let revision = 1; (await metric(server, 'sluice_streams_open')) === 2; revision++) {
      await switches.set({ switch: 'ai-agent' }, { on: false, since: revision, by: 'ops', why });
      expect(await quick.next()).toMatchObject({ data: { switches: { 'ai-agent': { since: revision } } } });
    }
    socket.resume();
    await all;
    expect(await metric(server, 'sluice_streams_open')).toBe(1);
  });
});
