import type { IncomingHttpHeaders } from 'node:http';
import { globalAgent } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openResponse } from '../../src/http/open-response.ts';
import { loopbackCertificate } from './loopback-certificate.ts';
import { startSecureServer, startServer } from './start-server.ts';

const headers = { authorization: 'Bearer secret' };

async function statusOf(url: string): Promise<number | undefined> {
  const request = { url: new URL(url), headers, signal: new AbortController().signal, background: false };
  const response = await openResponse(request);
  response.resume();
  return response.statusCode;
}

function trustLoopback(): void {
  const { ca } = globalAgent.options;
  globalAgent.options.ca = loopbackCertificate;
  onTestFinished(() => {
    globalAgent.options.ca = ca;
  });
}

describe('openResponse', () => {
  it.each([301, 302, 303, 307, 308])('follows %s to the same origin, with its headers', async (status) => {
    const seen: (string | undefined)[] = [];
    const { url } = await startServer((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      if (request.url === '/b') return void response.end();
      response.writeHead(status, { location: 'b' }).end();
    });
    expect(await statusOf(`${url}/a`)).toBe(200);
    expect(seen).toEqual(['/a Bearer secret', '/b Bearer secret']);
  });

  it('follows to another origin by https, by what the application trusts, and keeps its headers to itself', async () => {
    const seen: IncomingHttpHeaders[] = [];
    const other = await startSecureServer((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const { url } = await startServer((_, response) => void response.writeHead(302, { location: other.url }).end());
    await expect(statusOf(url)).rejects.toThrow(/cannot be reached: self.signed certificate/);
    trustLoopback();
    expect(await statusOf(url)).toBe(200);
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty('authorization');
  });

  it('refuses to follow to another origin without https', async () => {
    const other = await startServer((_, response) => void response.end());
    const { url } = await startServer((_, response) => void response.writeHead(302, { location: other.url }).end());
    await expect(statusOf(url)).rejects.toThrow(`redirects to ${other.url}/: another origin is followed by https only`);
    trustLoopback();
    const secure = await startSecureServer((_, response) => void response.writeHead(301, { location: url }).end());
    await expect(statusOf(secure.url)).rejects.toThrow(/followed by https only/);
  });

  it.each([
    ['/', /redirects more than 5 times/],
    ['http://', /redirects to nowhere/],
    [undefined, /redirects to nowhere/],
    ['file:///etc/passwd', /followed by https only/],
  ])('refuses a redirect to %s', async (location, message) => {
    const { url } = await startServer(
      (_, response) => void response.writeHead(302, location === undefined ? {} : { location }).end(),
    );
    await expect(statusOf(url)).rejects.toThrow(message);
  });

  it('says why a server cannot be reached', async () => {
    await expect(statusOf('http://127.0.0.1:1/')).rejects.toThrow(
      'http://127.0.0.1:1/ cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    );
    await expect(statusOf('http://localhost:1/')).rejects.toThrow(/cannot be reached: .*ECONNREFUSED/);
  });
});
