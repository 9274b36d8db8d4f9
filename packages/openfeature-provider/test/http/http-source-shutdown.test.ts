import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpSource } from '../../src/http/http-source.ts';
import { httpSwitches } from '../../src/http/http-switches.ts';
import { told } from '../told.ts';
import { servedDocument } from './document-server.ts';
import { startServer } from './start-server.ts';

const states = (revision: number) => JSON.stringify({ revision, switches: {}, flags: {} });

/** A server whose stream has newer switches than its polls, so that opening it is told. */
async function serve() {
  const served = servedDocument('etag');
  served.text = '{ "sluice": 1, "flags": { "flag": { "rules": [{ "when": { "country": "DE" }, "serve": "on" }] } } }';
  const { url, server } = await startServer((request, response) => {
    if (request.url === '/v1/document') return served.answer(request, response);
    if (request.url === '/v1/switches') return void response.end(states(1));
    if (request.url !== '/v1/stream') return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`event: switches\ndata: ${states(2)}\n\n`);
  });
  let sockets = 0;
  let whenNone = (): void => {};
  server.on('connection', (socket) => {
    sockets++;
    socket.on('close', () => --sockets === 0 && whenNone());
  });
  const noSocket = () =>
    new Promise<void>((resolve) => {
      whenNone = resolve;
      if (sockets === 0) resolve();
    });
  return { url, noSocket };
}

describe('a process that follows a server', () => {
  it.each(['closed', 'left open'])('ends by itself when all is %s', async (how) => {
    const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url));
    if (!existsSync(built)) throw new Error(`${built} is missing: run "pnpm build" first`);
    const program = fileURLToPath(new URL('../programs/follow-server.mjs', import.meta.url));
    const { url } = await serve();
    // Without the options by which the test runner resolves packages to their sources.
    const env = { ...process.env, NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, [program, url, how], { env });
    expect(stdout).toBe('true 1');
  });
});

describe('closing what follows a server', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('leaves no timer and no connection, and nothing is told any more', async () => {
    const { url, noSocket } = await serve();
    const source = httpSource(`${url}/v1/document`, { stream: `${url}/v1/stream` });
    const switches = httpSwitches(url);
    await Promise.all([source.read(), switches.read()]);
    const changes = told<unknown>();
    source.watch?.(changes.push);
    switches.watch(changes.push);
    await changes.next();
    expect(vi.getTimerCount()).toBeGreaterThan(3);
    await Promise.all([source.close(), switches.close()]);
    await noSocket();
    expect(vi.getTimerCount()).toBe(0);
    expect(changes.untaken).toEqual([]);
  });

  it('ends a read that is under way, and can be read after it', async () => {
    const asked = told<ServerResponse>();
    const { url } = await startServer((_, response) => asked.push(response));
    const source = httpSource(`${url}/flags.json`);
    const reading = source.read();
    await asked.next();
    await source.close();
    await expect(reading).rejects.toThrow(/is no longer asked: it was closed/);
    const again = source.read();
    (await asked.next()).end('{ "sluice": 1 }');
    expect((await again).document).toEqual({ sluice: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
