import { connect, type Socket } from 'node:net';

export interface RawSocket {
  readonly socket: Socket;
  /** Everything that was received until the connection ended. */
  readonly all: Promise<string>;
}

/** Sends bytes as they are: no client library would send what an attacker does. */
export function rawSocket(port: number, text = ''): RawSocket {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  const all = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset ends a connection too; what came before it is what counts.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
  socket.write(text);
  return { socket, all };
}

/** The answer's first line; the server is asked to close the connection after it. */
export async function statusLine(port: number, text: string): Promise<string> {
  return (await rawSocket(port, text).all).split('\r\n', 1)[0] ?? '';
}
