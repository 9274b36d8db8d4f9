import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { ServerEnvironment } from './auth/token.ts';
import type { Limits } from './limits/limits.ts';
import { targetFault } from './limits/target-fault.ts';
import type { Metrics } from './metrics.ts';
import type { RefusalCause } from './refusal.ts';

/** How often a server that is closing looks for connections that have become idle, in ms. */
const CLOSE_CHECK_MS = 20;

/** Where a server was reached once it listened. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** With the host as it was given: `http://127.0.0.1:7584`. */
  readonly url: string;
}

export interface HttpServer {
  readonly listening: Listening;
  /** Takes no more connections, and resolves once those that are open have ended or `closeTimeoutMs` is over. */
  close(): Promise<void>;
}

/** @throws rejects where the port is taken or the host is not this machine's. */
export async function listenHttp(
  app: Hono<ServerEnvironment>,
  { host, port }: { readonly host: string; readonly port: number },
  limits: Limits,
  metrics: Metrics,
): Promise<HttpServer> {
  const answer = getRequestListener(app.fetch);
  // The headers are a part of the request, and node refuses to give them longer than the whole.
  const headersTimeout = Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs);
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersTimeout / 4)),
    },
    (request, response) => {
      if (refuseTarget(request, response, metrics)) return;
      void answer(request, response);
    },
  );
  server.maxConnections = limits.connections;
  server.on('drop', () => metrics.refused('connections'));
  server.on('clientError', (error, socket) => refuseSocket(error, socket as Socket, metrics));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
  return { listening: { host, port: bound, url }, close: () => closeWithin(server, limits.closeTimeoutMs) };
}

/** What goes wrong before there is a request: malformed, too large, or too slow. */
function refuseSocket(error: NodeJS.ErrnoException, socket: Socket, metrics: Metrics): void {
  // Nobody is left to be refused.
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE' || !socket.writable) return void socket.destroy();
  const [line, cause] = statusOf(error.code);
  metrics.refused(cause);
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

function statusOf(code: string | undefined): readonly [line: string, cause: RefusalCause] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['431 Request Header Fields Too Large', 'headers'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['408 Request Timeout', 'timeout'];
    default:
      return ['400 Bad Request', 'malformed'];
  }
}

/** Before anything has normalised it: a router sees only what a path was made into. */
function refuseTarget(request: IncomingMessage, response: ServerResponse, metrics: Metrics): boolean {
  const fault = targetFault(request.url ?? '');
  if (fault === undefined) return false;
  metrics.refused(fault.cause);
  metrics.request('none', fault.status);
  const body = JSON.stringify({ error: fault.message });
  response.writeHead(fault.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body);
  return true;
}

async function closeWithin(server: Server, timeoutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const check = setInterval(() => server.closeIdleConnections(), CLOSE_CHECK_MS);
  const bound = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearInterval(check);
  clearTimeout(bound);
}
