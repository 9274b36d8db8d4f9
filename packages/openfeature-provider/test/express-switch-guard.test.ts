import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, OpenFeature } from '@openfeature/server-sdk';
import express from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { expressSwitchGuard } from '../src/express-switch-guard.ts';
import { memorySource } from '../src/memory-source.ts';
import { memorySwitches } from '../src/memory-switches.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { registered } from './registered.ts';
import { off } from './switchable-store.ts';

async function listening(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function guarded() {
  const switches = memorySwitches();
  const document = { sluice: 1, switches: { 'ai-agent': { retryAfterSeconds: 120 } } };
  const { client } = await registered(new SluiceProvider(memorySource(document), { switches }));
  return { switches, client };
}

describe('expressSwitchGuard', () => {
  it('lets a request of Express through, answers as switchGuard does once the switch is off, and lets through again', async () => {
    const { switches, client } = await guarded();
    const app = express();
    app.get('/', expressSwitchGuard(client, 'ai-agent'), (_request, response) => void response.send('worked'));
    const url = await listening(app);
    expect(await (await fetch(url)).text()).toBe('worked');

    await switches.set({ switch: 'ai-agent' }, off());
    const closed = await fetch(url);
    expect(closed.status).toBe(503);
    expect(closed.headers.get('content-type')).toBe('application/json');
    expect(closed.headers.get('retry-after')).toBe('120');
    expect(closed.headers.get('content-length')).toBe('58');
    expect(await closed.text()).toBe('{"error":"Feature temporarily disabled","retry_after":120}');

    await switches.clear({ switch: 'ai-agent' }, { by: 'ann', why: 'mended' });
    expect(await (await fetch(url)).text()).toBe('worked');
  });

  it('takes an unknown switch as it is told', async () => {
    const { client } = await guarded();
    const app = express();
    app.get('/open', expressSwitchGuard(client, 'nothing'), (_request, response) => void response.send('worked'));
    app.get('/closed', expressSwitchGuard(client, 'nothing', { whenUnknown: 'closed' }));
    const url = await listening(app);
    expect((await fetch(`${url}open`)).status).toBe(200);
    expect((await fetch(`${url}closed`)).status).toBe(503);
  });

  it('hands what went wrong to the next error handler', async () => {
    const broken = { getBooleanDetails: () => Promise.reject(new Error('no client')) } as unknown as Client;
    const app = express();
    app.use(expressSwitchGuard(broken, 'ai-agent'));
    app.use(((error: Error, _request, response, _next) => {
      response.status(500).send(error.message);
    }) satisfies express.ErrorRequestHandler);
    expect(await (await fetch(await listening(app))).text()).toBe('no client');
    // Express 4 does not look at the promise.
    const errors: unknown[] = [];
    const response = { statusCode: 200, setHeader: () => {}, end: () => {} };
    await expressSwitchGuard(broken, 'ai-agent')({}, response, (error) => errors.push(error));
    expect(errors).toEqual([new Error('no client')]);
  });

  it('answers by the response of node:http as well', async () => {
    const { switches, client } = await guarded();
    await switches.set({ switch: 'ai-agent' }, off());
    const guard = expressSwitchGuard(client, 'ai-agent');
    const url = await listening(
      (request: IncomingMessage, response) => void guard(request, response, () => response.end()),
    );
    const closed = await fetch(url);
    expect(closed.status).toBe(503);
    expect(await closed.json()).toEqual({ error: 'Feature temporarily disabled', retry_after: 120 });
  });

  it('asks the client of the domain that it was given', async () => {
    const { switches, client } = await guarded();
    await switches.set({ switch: 'ai-agent' }, off());
    const app = express();
    app.get(
      '/theirs',
      expressSwitchGuard(OpenFeature.getClient('of somebody else'), 'ai-agent'),
      (_request, response) => {
        response.end('worked');
      },
    );
    app.get('/ours', expressSwitchGuard(client, 'ai-agent'));
    const url = await listening(app);
    expect((await fetch(`${url}theirs`)).status).toBe(200);
    expect((await fetch(`${url}ours`)).status).toBe(503);
  });

  it('hands on that a request had been answered meanwhile, where nobody looks at its promise', async () => {
    const { switches, client } = await guarded();
    await switches.set({ switch: 'ai-agent' }, off());
    const guard = expressSwitchGuard(client, 'ai-agent');
    const errors: unknown[] = [];
    const url = await listening((request, response) => {
      response.end('too late');
      void guard(request, response, (error) => errors.push(error));
    });
    expect(await (await fetch(url)).text()).toBe('too late');
    await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'ERR_HTTP_HEADERS_SENT' }]));
  });
});
