import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** Where a Redis listens, and what it takes to be heard there. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly password?: string;
  /** Path of the certificate to trust, where it speaks TLS. */
  readonly caFile?: string;
}

/**
 * Sends one inline command over a connection of its own and resolves with the reply: the text of a status, an integer or a bulk
 * string. It is for the tests' own arrangements, so that they need no client library to arrange things with.
 *
 * @throws for an error reply, with Redis's words.
 */
export function askRedis(address: RedisAddress, command: string): Promise<string> {
  const { host, port, password, caFile } = address;
  return new Promise((resolve, reject) => {
    const socket =
      caFile === undefined ? connect({ host, port }) : connectSecurely({ host, port, ca: readFileSync(caFile) });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    let received = '';
    let greeting = password === undefined ? 0 : 1;
    socket.setEncoding('utf8');
    socket.setTimeout(10_000, () => fail(new Error(`Redis on port ${port} did not answer ${command} within 10 s`)));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error(`Redis on port ${port} hung up before it had answered ${command}`)));
    socket.on('data', (chunk) => {
      received += chunk;
      for (let reply = firstReply(received); reply !== undefined; reply = firstReply(received)) {
        received = received.slice(reply.length);
        if (reply.error !== undefined) return fail(new Error(reply.error));
        if (greeting-- > 0) continue;
        socket.destroy();
        return resolve(reply.text);
      }
    });
    if (password !== undefined) socket.write(`AUTH ${password}\r\n`);
    socket.write(`${command}\r\n`);
  });
}

interface Reply {
  readonly text: string;
  readonly error?: string;
  /** Of the whole reply, in characters: what is asked here answers in ASCII. */
  readonly length: number;
}

function firstReply(received: string): Reply | undefined {
  const end = received.indexOf('\r\n');
  if (end < 0) return undefined;
  const line = received.slice(1, end);
  if (received.startsWith('-')) return { text: '', error: line, length: end + 2 };
  if (!received.startsWith('$')) return { text: line, length: end + 2 };
  const length = end + 2 + Math.max(0, Number(line)) + 2;
  return received.length < length ? undefined : { text: received.slice(end + 2, length - 2), length };
}
