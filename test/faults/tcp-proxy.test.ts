import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { startTcpProxy } from '@sluice-test/services';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

describe('the TCP proxy of the tests', () => {
  it('passes bytes both ways, and the end of a connection', async () => {
    const { proxy } = await inFrontOf('one');
    const client = await open(proxy.port);
    expect(await client.says('hello')).toBe('one: hello');
    expect(proxy.connections).toBe(1);
    client.socket.end();
    await closeOf(client.socket);
    expect(client.socket.errored).toBeNull();
  });

  it('holds everything back while it is cut, of new connections too, and delivers it when it is healed', async () => {
    const { proxy, target } = await inFrontOf('one');
    const client = await open(proxy.port);
    await client.says('before');
    proxy.cut();
    client.socket.write('during');
    const late = await open(proxy.port);
    late.socket.write('late');
    // The server is asked past the proxy: what it answers now was not held up by anything but the cut.
    const direct = await open(target);
    await direct.says('still there');
    expect([client.heard, late.heard]).toEqual(['', '']);
    await proxy.heal();
    expect([await client.hears(), await late.hears()]).toEqual(['one: during', 'one: late']);
  });

  it('keeps from a server that was cut off that its client hung up, until it is healed', async () => {
    const server = await namingServer('one');
    const proxy = await startTcpProxy(server.port);
    onTestFinished(() => proxy.close());
    const client = await open(proxy.port);
    await client.says('before');
    proxy.cut();
    client.socket.end();
    await closeOf(client.socket);
    const direct = await open(server.port);
    await direct.says('still there');
    expect(server.connections).toBe(2);
    await proxy.heal();
    await vi.waitFor(() => expect(server.connections).toBe(1));
  });

  it('keeps from a client that was cut off that its server is gone, until it is healed', async () => {
    const one = await namingServer('one');
    const proxy = await startTcpProxy(one.port);
    onTestFinished(() => proxy.close());
    const client = await open(proxy.port);
    await client.says('before');
    proxy.cut();
    await one.close();
    client.socket.write('during');
    const onward = await open((await namingServer('another')).port);
    await onward.says('anything');
    expect(client.socket.destroyed).toBe(false);
    const closed = closeOf(client.socket);
    await proxy.heal();
    await closed;
    expect(client.socket.errored).toMatchObject({ code: 'ECONNRESET' });
  });

  it('lets connections that it has forgotten hear nothing ever again, and serves new ones', async () => {
    const { proxy } = await inFrontOf('one');
    const forgotten = await open(proxy.port);
    await forgotten.says('before');
    proxy.forget();
    forgotten.socket.write('during');
    await proxy.heal();
    const fresh = await open(proxy.port);
    expect(await fresh.says('after')).toBe('one: after');
    expect(forgotten.heard).toBe('');
    expect(forgotten.socket.destroyed).toBe(false);
  });

  it('resets connections and refuses new ones until it is healed', async () => {
    const { proxy } = await inFrontOf('one');
    const client = await open(proxy.port);
    await client.says('before');
    const closed = closeOf(client.socket);
    await proxy.refuse();
    await closed;
    expect(client.socket.errored).toMatchObject({ code: 'ECONNRESET' });
    await expect(open(proxy.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.heal();
    expect(await (await open(proxy.port)).says('after')).toBe('one: after');
  });

  it('leads to another server once it is told to', async () => {
    const { proxy } = await inFrontOf('one');
    const client = await open(proxy.port);
    await client.says('before');
    const closed = closeOf(client.socket);
    proxy.retarget((await namingServer('two')).port);
    await closed;
    expect(await (await open(proxy.port)).says('after')).toBe('two: after');
  });
});

async function inFrontOf(name: string) {
  const server = await namingServer(name);
  const proxy = await startTcpProxy(server.port);
  onTestFinished(() => proxy.close());
  return { proxy, target: server.port };
}

/** Answers what it is told with its name before it. */
async function namingServer(name: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}).on('data', (bytes) => socket.write(`${name}: ${bytes}`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.resetAndDestroy();
    if (server.listening) await once(server.close(), 'close');
  };
  onTestFinished(close);
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    close,
  };
}

/** Not by `once` of Node's events, which rejects for the error that comes before it. */
function closeOf(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

async function open(port: number) {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const client = {
    socket,
    heard: '',
    async hears(): Promise<string> {
      while (client.heard === '') await once(socket, 'data');
      const heard = client.heard;
      client.heard = '';
      return heard;
    },
    says(what: string): Promise<string> {
      socket.write(what);
      return client.hears();
    },
  };
  socket.on('error', () => {}).on('data', (bytes) => (client.heard += bytes));
  return client;
}
