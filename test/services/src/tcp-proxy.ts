import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between clients and one server, that fails on command. */
export interface TcpProxy {
  /** Where clients connect, on 127.0.0.1. */
  readonly port: number;
  /** How many connections clients have open through it. */
  readonly connections: number;
  /**
   * Silence both ways: connections stay and can be made, and nothing arrives. What was sent meanwhile arrives after `heal`,
   * as TCP would send it again.
   */
  cut(): void;
  /**
   * Connections that are open fall silent for ever and nobody is told, as behind a firewall that forgot them. New ones are
   * served.
   */
  forget(): void;
  /** Connections are reset, and new ones refused. */
  refuse(): Promise<void>;
  /** Takes `cut` and `refuse` back. */
  heal(): Promise<void>;
  /** Leads to another server from now on, as a name that was moved; connections to the one before are reset. */
  retarget(port: number): void;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  /** Called for each connection: what it returns is given the server's bytes as they come, and returns what the client gets. */
  readonly fromServer?: () => (bytes: Buffer) => Buffer;
}

/** One connection of a client, with the one made for it to the server. */
interface Passage {
  readonly client: Socket;
  readonly server: Socket;
  /** Nothing that either end does reaches the other one. */
  held: boolean;
  /** An end broke off, or hung up, and the other one has not been told. */
  broken: boolean;
  readonly ended: Set<Socket>;
  forgotten: boolean;
}

/** Starts a proxy on a free port of 127.0.0.1, in front of `targetPort` there. */
export async function startTcpProxy(targetPort: number, options: TcpProxyOptions = {}): Promise<TcpProxy> {
  const passages = new Set<Passage>();
  let target = targetPort;
  let silent = false;

  const listener = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const passage: Passage = { client, server, held: false, broken: false, ended: new Set(), forgotten: false };
    passages.add(passage);
    join(passage, client, server);
    join(passage, server, client, options.fromServer?.());
    for (const end of [client, server])
      end.on('close', () => client.closed && server.closed && passages.delete(passage));
    if (silent) hold(passage);
  });

  await listen(0);
  const { port } = listener.address() as AddressInfo;

  async function listen(at: number): Promise<void> {
    listener.listen(at, '127.0.0.1');
    await once(listener, 'listening');
  }

  /** New connections are refused once this has returned; it resolves when the port is free. */
  async function stopListening(): Promise<void> {
    if (!listener.listening) return;
    const stopped = once(listener, 'close');
    listener.close();
    reset();
    await stopped;
  }

  function reset(): void {
    for (const passage of passages) breakOff(passage);
  }

  return {
    port,
    get connections() {
      return passages.size;
    },
    cut() {
      silent = true;
      for (const passage of passages) hold(passage);
    },
    forget() {
      for (const passage of passages) {
        passage.forgotten = true;
        hold(passage);
      }
    },
    refuse: stopListening,
    async heal() {
      silent = false;
      for (const passage of passages) if (!passage.forgotten) release(passage);
      if (!listener.listening) await listen(port);
    },
    retarget(next) {
      target = next;
      reset();
    },
    close: stopListening,
  };
}

/** What `from` sends goes to `to`, and so does its end; a reset is passed on as a reset. */
function join(passage: Passage, from: Socket, to: Socket, filter?: (bytes: Buffer) => Buffer): void {
  from.on('data', (bytes: Buffer) => {
    const passed = filter?.(bytes) ?? bytes;
    if (passed.length > 0 && to.writable) to.write(passed);
  });
  from.on('end', () => {
    if (passage.held) passage.ended.add(from);
    else to.end();
  });
  from.on('error', () => {
    if (passage.held) passage.broken = true;
    else breakOff(passage);
  });
}

/** A paused socket keeps the bytes that arrive until it is resumed. */
function hold(passage: Passage): void {
  passage.held = true;
  passage.client.pause();
  passage.server.pause();
}

function release(passage: Passage): void {
  passage.held = false;
  if (passage.broken) return breakOff(passage);
  const { client, server, ended } = passage;
  client.resume();
  server.resume();
  if (ended.has(client)) server.end();
  if (ended.has(server)) client.end();
}

function breakOff({ client, server }: Passage): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}
