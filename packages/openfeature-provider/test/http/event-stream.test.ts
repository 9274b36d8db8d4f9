import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { followEvents } from '../../src/http/event-stream.ts';
import { type Told, told } from '../told.ts';
import { startServer, stopServer } from './start-server.ts';

interface Connection {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Resolves once the connection is gone. */
  readonly gone: Promise<unknown>;
}

interface Followed {
  readonly connections: Told<Connection>;
  readonly events: Told<string>;
  readonly downs: Told<string>;
  readonly stop: () => void;
}

async function follow(answer: (response: ServerResponse) => void): Promise<Followed> {
  const connections = told<Connection>();
  const { url } = await startServer((request, response) => {
    connections.push({ request, response, gone: new Promise((resolve) => response.on('close', resolve)) });
    answer(response);
  });
  const events = told<string>();
  const downs = told<string>();
  const stop = followEvents({
    ...{
      url: new URL(`${url}/stream`),
      headers: { authorization: 'Bearer secret' },
      timeoutMs: 5_000,
      maxLength: 1_000,
    },
    onEvent: ({ event, data }) => events.push(`${event}: ${data}`),
    onDown: ({ message }, wasOpen) => downs.push(`${message.replace(`${url}/`, '')}${wasOpen ? ' (was open)' : ''}`),
  });
  onTestFinished(stop);
  return { connections, events, downs, stop };
}

function open(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
  return response;
}

/** Resolves once what was written before it on loopback has arrived. */
async function roundTrip(): Promise<void> {
  const { url } = await startServer((_, response) => void response.end());
  await once(get(url, { agent: false }), 'response');
}

async function written(response: ServerResponse, text: string): Promise<void> {
  await new Promise((resolve) => response.write(text, resolve));
  await roundTrip();
}

describe('followEvents', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('gives each event, however its text is cut into pieces', async () => {
    const { connections, events } = await follow(open);
    const { request, response } = await connections.next();
    expect(request.headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer secret' });
    const bytes = Buffer.from(': hello\n\nevent: a\ndata: naïve 日本 🦀\n\nevent: b\ndata: 1\ndata: 2\n\n');
    for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve));
    expect(await events.next()).toBe('a: naïve 日本 🦀');
    expect(await events.next()).toBe('b: 1\n2');
  });

  it('opens the stream again when it ends, and tells whether it had been open', async () => {
    const { connections, events, downs } = await follow(open);
    (await connections.next()).response.end('event: a\ndata: 1\n\n');
    expect(await events.next()).toBe('a: 1');
    expect(await downs.next()).toBe('stream ended the stream (was open)');
    await vi.advanceTimersByTimeAsync(1_000);
    (await connections.next()).response.destroy();
    expect(await downs.next()).toBe('aborted');
  });

  it('takes silence for a connection that is gone, and a comment for none', async () => {
    const { connections, downs } = await follow(open);
    const { response, gone } = await connections.next();
    await written(response, ':\n\n');
    await vi.advanceTimersByTimeAsync(44_000);
    await written(response, ':\n\n');
    await vi.advanceTimersByTimeAsync(44_000);
    expect(downs.untaken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await downs.next()).toBe('stream was silent for 45000 ms');
    await gone;
    await vi.advanceTimersByTimeAsync(1_000);
    await connections.next();
  });

  it('gives up on a server that does not even begin', async () => {
    const { connections, downs } = await follow(() => {});
    const { gone } = await connections.next();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await downs.next()).toBe('stream did not answer within 5000 ms');
    await gone;
  });

  it.each([
    ['another status', 404, 'text/event-stream', 'stream answered 404'],
    ['no events', 200, 'text/html', /^stream answered with text\/html where a stream of events/],
  ])('tells of %s, and lets go of the connection', async (_, status, type, message) => {
    const { connections, downs } = await follow((response) =>
      response.writeHead(status, { 'content-type': type }).flushHeaders(),
    );
    const { gone } = await connections.next();
    expect(await downs.next()).toMatch(message);
    await gone;
  });

  it('ends a connection that sends an event without end', async () => {
    const { connections, downs } = await follow(open);
    const { response, gone } = await connections.next();
    response.write(`data: ${'x'.repeat(2_000)}`);
    expect(await downs.next()).toBe('stream sent an event longer than 1000');
    await gone;
  });

  it('comes back no sooner than the server asks for', async () => {
    const { connections, downs } = await follow(open);
    const { response } = await connections.next();
    response.end('retry: 5000\n\n');
    await downs.next();
    await vi.advanceTimersByTimeAsync(4_999);
    await roundTrip();
    expect(connections.untaken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await connections.next();
  });

  it('lets go of the connection when it is stopped, tells nothing more, and comes back no more', async () => {
    const { connections, events, downs, stop } = await follow(open);
    const { response, gone } = await connections.next();
    response.write('event: a\ndata: 1\n\n');
    await events.next();
    stop();
    await gone;
    expect([events.untaken, downs.untaken]).toEqual([[], []]);
  });

  it('can be stopped before it has begun', async () => {
    const { server, url } = await startServer((_, response) => void open(response));
    const events = { onEvent: () => {}, onDown: () => {} };
    const stop = followEvents({ url: new URL(url), headers: {}, timeoutMs: 5_000, maxLength: 10, ...events });
    stop();
    stopServer(server);
    await new Promise((resolve) => server.on('close', resolve));
  });
});
