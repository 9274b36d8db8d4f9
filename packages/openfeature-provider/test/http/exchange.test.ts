import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ExchangeRequest, exchange } from '../../src/http/exchange.ts';
import { told } from '../told.ts';
import { startServer } from './start-server.ts';

const request = (url: string, more: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  ...{ url: new URL(url), headers: {}, timeoutMs: 5_000, maxBytes: 1_000 },
  ...{ signal: new AbortController().signal, background: false, ...more },
});

describe('exchange', () => {
  it('gives status, headers and body, whatever the status', async () => {
    const { url } = await startServer((_, response) => void response.writeHead(418, { a: 'b' }).end('tea'));
    const { status, headers, body } = await exchange(request(url));
    expect([status, headers['a'], body.toString()]).toEqual([418, 'b', 'tea']);
  });

  it('sends a body by POST, and asks again nowhere', async () => {
    const { url } = await startServer(async ({ method, url: path, headers }, response) => {
      if (path === '/moved') return void response.writeHead(307, { location: '/' }).end();
      response.end(`${method} ${headers['content-length']}`);
    });
    expect((await exchange(request(url, { body: 'naïve' }))).body.toString()).toBe('POST 6');
    expect((await exchange(request(`${url}/moved`, { body: '' }))).status).toBe(307);
  });

  it('takes exactly maxBytes, and ends the connection to a server that sends more, whatever it said before', async () => {
    const ended = told<void>();
    const { url } = await startServer(({ url: path }, response) => {
      if (path === '/fits') return void response.end('x'.repeat(1_000));
      response.on('close', () => ended.push());
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(500), more);
      };
      more();
    });
    expect((await exchange(request(`${url}/fits`))).body).toHaveLength(1_000);
    await expect(exchange(request(url))).rejects.toThrow(`${url}/ answered more than the 1000 bytes that are read`);
    await ended.next();
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s, and bounds what comes out of it', async (encoding, compress) => {
    const { url } = await startServer((asked, response) => {
      expect(asked.headers['accept-encoding']).toContain(encoding);
      response.setHeader('content-encoding', encoding);
      response.end(compress(asked.url === '/bomb' ? Buffer.alloc(1_000_000) : Buffer.from('sluice')));
    });
    expect((await exchange(request(url))).body.toString()).toBe('sluice');
    await expect(exchange(request(`${url}/bomb`))).rejects.toThrow(/more than the 1000 bytes/);
  });

  it('refuses an encoding that it did not ask for, and one that is broken', async () => {
    const ended = told<void>();
    const { url } = await startServer(({ url: path }, response) => {
      response.on('close', () => ended.push());
      response.writeHead(200, { 'content-encoding': path === '/gzip' ? 'gzip' : 'zstd' }).write('no such thing');
    });
    await expect(exchange(request(url))).rejects.toThrow(/in the encoding zstd, which was not asked for/);
    await ended.next();
    await expect(exchange(request(`${url}/gzip`))).rejects.toThrow(/broke off its answer: incorrect header check/);
  });

  it.each([
    ['says nothing', () => {}],
    ['sends its body a little at a time', (response: ServerResponse) => void response.write('x')],
  ])('gives up when the time is over, where the server %s', async (_, answer) => {
    const { url } = await startServer((_request, response) => answer(response));
    await expect(exchange(request(url, { timeoutMs: 30 }))).rejects.toThrow(`${url}/ did not answer within 30 ms`);
  });

  it.each([204, 304])(
    'takes %i for an answer without a body, also where it names the encoding of one',
    async (status) => {
      const { url } = await startServer(
        (_, response) => void response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
      );
      expect((await exchange(request(url))).status).toBe(status);
    },
  );

  it('rejects where a server switches to another protocol, after which no answer comes', async () => {
    const { server, url } = await startServer(() => {});
    server.on('upgrade', () => {});
    server.on('connection', (socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
      );
    });
    await expect(exchange(request(url))).rejects.toThrow('closed the connection without an answer');
  });

  it('says that a server broke off', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('x', () => response.destroy());
    });
    await expect(exchange(request(url))).rejects.toThrow(/broke off its answer: aborted/);
  });

  it('ends at once when it is called off, and lets go of the connection', async () => {
    const arrived = told<ServerResponse>();
    const { url } = await startServer((_, response) => arrived.push(response));
    const calledOff = new AbortController();
    const asked = exchange(request(url, { signal: calledOff.signal }));
    const response = await arrived.next();
    const closed = new Promise((resolve) => response.on('close', resolve));
    calledOff.abort();
    await expect(asked).rejects.toThrow(/is no longer asked/);
    await closed;
    await expect(exchange(request(url, { signal: calledOff.signal }))).rejects.toThrow(/is no longer asked/);
  });

  it('leaves no connection open once the answer is there', async () => {
    const { server, url } = await startServer((_, response) => void response.end());
    const gone = new Promise((resolve) => server.on('connection', (socket) => socket.on('close', resolve)));
    await exchange(request(url));
    await gone;
  });
});
