import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { loopbackCertificate, loopbackKey } from './loopback-certificate.ts';

export interface StartedServer {
  readonly server: Server;
  readonly url: string;
}

/** A web server of the test's own on loopback, gone when the test is over. @param port by default one that is free */
export function startServer(answer: RequestListener, port = 0): Promise<StartedServer> {
  return listening(createServer(answer), 'http', port);
}

export function startSecureServer(answer: RequestListener): Promise<StartedServer> {
  return listening(createSecureServer({ key: loopbackKey, cert: loopbackCertificate }, answer), 'https', 0);
}

async function listening(server: Server, protocol: string, port: number): Promise<StartedServer> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => stopServer(server));
  return { server, url: `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function stopServer(server: Server): void {
  server.closeAllConnections();
  server.close();
}
