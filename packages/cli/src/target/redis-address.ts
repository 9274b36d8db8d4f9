import { exitCodes, Failure } from '../failure.ts';

/** Where a Redis is and who asks it. The secret in it is never part of `name`. */
export interface RedisAddress {
  /** For messages, such as `redis cache:6379`. */
  readonly name: string;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly cluster: boolean;
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly database?: number;
}

const FORMS = 'redis://user:password@host:6379/0, rediss://… for TLS, or redis+cluster://host:port,host:port';

export function isRedisAddress(text: string): boolean {
  return /^rediss?(\+cluster)?:\/\//i.test(text);
}

/** @throws {Failure} for a text that is none, without the text: a password may be in it. */
export function parseRedisAddress(text: string): RedisAddress {
  const match = /^redis(s?)(\+cluster)?:\/\/(?:(.*)@)?([^/?#@]+)(?:\/(\d{0,4}))?$/i.exec(text);
  if (match === null) throw unreadableAddress('it has another form');
  const [, secure = '', clustered, credentials, hosts = '', database = ''] = match;
  const nodes = hosts.split(',').map(parseNode);
  if (clustered === undefined && nodes.length > 1) throw unreadableAddress('several hosts need redis+cluster://');
  if (clustered !== undefined && Number(database) > 0) throw unreadableAddress('a cluster has no databases');
  return {
    name: `redis ${nodes.map(({ host, port }) => `${host}:${port}`).join(',')}`,
    nodes,
    cluster: clustered !== undefined,
    tls: secure !== '',
    ...parseCredentials(credentials),
    ...(database === '' ? {} : { database: Number(database) }),
  };
}

function parseNode(text: string): { host: string; port: number } {
  const [, bracketed, plain, port = '6379'] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) throw unreadableAddress('a host or a port of it cannot be read');
  return { host, port: Number(port) };
}

function parseCredentials(text: string | undefined): { username?: string; password?: string } {
  if (text === undefined) return {};
  const [, username = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    };
  } catch {
    throw unreadableAddress('a % in the user or the password has to be written %25');
  }
}

function unreadableAddress(reason: string): Failure {
  return new Failure(exitCodes.usage, `The address of Redis cannot be understood: ${reason}. It is ${FORMS}.`);
}
