import { messageFilter, type RedisServer, startRedis, startTcpProxy } from '@sluice-test/services';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.stop());

describe('the filter of messages', () => {
  it.each([
    ['ioredis', subscribeIoredis],
    ['node-redis in RESP2', (port: number, heard: Heard) => subscribeNodeRedis(port, heard, 2)],
    ['node-redis in RESP3', (port: number, heard: Heard) => subscribeNodeRedis(port, heard, 3)],
  ])('loses messages and nothing else, under %s', async (_, subscribe) => {
    const filter = messageFilter();
    const proxy = await startTcpProxy(server.port, filter);
    onTestFinished(() => proxy.close());
    const messages = heardMessages();
    const ping = await subscribe(proxy.port, messages.hear);
    await server.ask('PUBLISH news one');
    expect(await messages.next()).toBe('one');
    filter.dropping = true;
    await server.ask('PUBLISH news two');
    await server.ask('PUBLISH news message');
    expect(String(await ping())).toMatch(/pong/i);
    filter.dropping = false;
    await server.ask('PUBLISH news three');
    expect(await messages.next()).toBe('three');
    expect(filter.dropped).toBe(2);
  });

  it('puts replies together that come in pieces', () => {
    const filter = messageFilter();
    filter.dropping = true;
    const pass = filter.fromServer();
    const message = '>3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\n€\r\n\r\n';
    const others = '%1\r\n+a\r\n*2\r\n:1\r\n$-1\r\n_\r\n*-1\r\n$0\r\n\r\n';
    const bytes = Buffer.from(others + message + others);
    const passed = Array.from(bytes, (_, index) => pass(bytes.subarray(index, index + 1)));
    expect(Buffer.concat(passed).toString()).toBe(others + others);
    expect(filter.dropped).toBe(1);
  });
});

type Heard = (message: string) => void;

function heardMessages() {
  const untaken: string[] = [];
  let waiting: Heard | undefined;
  return {
    hear(message: string) {
      if (waiting === undefined) untaken.push(message);
      else waiting(message);
      waiting = undefined;
    },
    next: () =>
      untaken.length > 0
        ? Promise.resolve(untaken.shift())
        : new Promise<string>((resolve) => {
            waiting = resolve;
          }),
  };
}

async function subscribeIoredis(port: number, heard: Heard): Promise<() => Promise<unknown>> {
  const client = new Redis({ port });
  onTestFinished(() => client.disconnect());
  client.on('message', (_channel, message) => heard(message));
  await client.subscribe('news');
  // On the subscribed connection itself: the answer comes after the messages that were lost.
  return () => client.ping();
}

async function subscribeNodeRedis(port: number, heard: Heard, RESP: 2 | 3): Promise<() => Promise<unknown>> {
  const client = createClient({ RESP, socket: { port, host: '127.0.0.1' } });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  await client.subscribe('news', heard);
  return () => client.ping();
}
