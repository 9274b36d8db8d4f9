import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { switchSuite } from '@sluice/conformance';
import {
  type SwitchChange,
  type SwitchState,
  type SwitchStates,
  type SwitchStore,
  writeSwitchStates,
} from '@sluice/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type HttpSwitchesOptions, httpSwitches } from '../../src/http/http-switches.ts';
import { memorySwitches } from '../../src/memory-switches.ts';
import { type Told, told } from '../told.ts';
import { startServer, stopServer } from './start-server.ts';

interface ServedSwitches {
  states: SwitchStates;
  /** Sends the states to every stream. */
  announce(): void;
  send(event: string, data: unknown): void;
  hangUp(): void;
  readonly requests: IncomingMessage[];
  readonly followers: Told<unknown>;
  /** Called before each answer to a poll is given. */
  beforePoll: () => Promise<void>;
  withStream: boolean;
  /** What a stream says after the states with which it begins. */
  complaint: string | undefined;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const none: SwitchStates = { revision: 0, switches: new Map(), flags: new Map() };
const off: SwitchState = { on: false, since: 1, by: 'ann', why: 'prices are wrong' };
const at = (revision: number, name = `at ${revision}`): SwitchStates => ({
  ...{ revision, switches: new Map([[name, off]]), flags: new Map() },
});

/** As a Sluice server serves its switches. */
function servedSwitches(): ServedSwitches {
  const streams = new Set<ServerResponse>();
  const json = () => JSON.stringify(writeSwitchStates(served.states));
  const write = (stream: ServerResponse, event: string, data: string) =>
    void stream.write(`event: ${event}\ndata: ${data}\n\n`);
  const served: ServedSwitches = {
    states: none,
    announce() {
      for (const stream of streams) write(stream, 'switches', json());
    },
    send(event, data) {
      for (const stream of streams) write(stream, event, JSON.stringify(data));
    },
    hangUp() {
      for (const stream of streams) stream.destroy();
    },
    requests: [],
    followers: told(),
    beforePoll: async () => {},
    withStream: true,
    complaint: undefined,
    async answer(request, response) {
      served.requests.push(request);
      if (request.url === '/base/v1/stream' && served.withStream) {
        streams.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
        response.on('close', () => streams.delete(response));
        write(response, 'switches', json());
        if (served.complaint !== undefined) write(response, 'stale', JSON.stringify({ message: served.complaint }));
      } else if (request.url === '/base/v1/switches') {
        const body = json();
        await served.beforePoll();
        const etag = `"${body.length}-${JSON.parse(body).revision}"`;
        if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
        response.writeHead(200, { etag }).end(body);
      } else if (request.url === '/base/v1/followers') {
        served.followers.push(JSON.parse(await text(request)));
        response.writeHead(204).end();
      } else {
        response.writeHead(404).end();
      }
    },
  };
  return served;
}

async function serve(served: ServedSwitches, port?: number) {
  const { url, server } = await startServer((request, response) => void served.answer(request, response), port);
  return { url: `${url}/base`, server };
}

for (const withStream of [true, false]) {
  switchSuite(
    { describe, it },
    {
      name: withStream ? 'httpSwitches' : 'httpSwitches, of a server whose stream cannot be had',
      create: async () => {
        const served = servedSwitches();
        served.withStream = withStream;
        const memory = memorySwitches();
        memory.watch(({ states = none }) => {
          served.states = states;
          served.announce();
        });
        let { url, server } = await serve(served);
        return {
          store: httpSwitches(url, { pollIntervalMs: withStream ? 200 : 5 }),
          other: memory,
          interrupt: async () => stopServer(server),
          resume: async () => {
            ({ url, server } = await serve(served, Number(new URL(url).port)));
          },
        };
      },
      without: { writing: 'who follows a server does not switch' },
    },
  );
}

interface Followed {
  readonly served: ServedSwitches;
  readonly store: SwitchStore;
  readonly changes: Told<SwitchChange>;
}

/** Reads and watches a server that has these states. */
async function followed(states: SwitchStates, options: HttpSwitchesOptions = {}, withStream = true): Promise<Followed> {
  const served = servedSwitches();
  served.states = states;
  served.withStream = withStream;
  const { url } = await serve(served);
  const store = httpSwitches(url, { pollIntervalMs: 3_600_000, ...options });
  onTestFinished(() => store.close());
  await store.read();
  const changes = told<SwitchChange>();
  store.watch(changes.push);
  return { served, store, changes };
}

describe('httpSwitches', () => {
  it('sends its token with each request, and asks by the ETag', async () => {
    const { served, store } = await followed(at(1), { token: 'secret' });
    expect(await store.read()).toEqual(at(1));
    await served.followers.next();
    for (const { headers } of served.requests) expect(headers.authorization).toBe('Bearer secret');
    const polls = served.requests.filter(({ url }) => url?.endsWith('/v1/switches'));
    expect(polls.map(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([false, true]);
  });

  it('says how far it has come: after each change, and at each poll', async () => {
    const { served, changes } = await followed(at(1), { follower: 'web-1', pollIntervalMs: 20 });
    expect(await served.followers.next()).toEqual({ id: 'web-1', revision: 1 });
    served.states = at(2);
    served.announce();
    expect((await changes.next()).states).toEqual(at(2));
    let said = await served.followers.next();
    while ((said as { revision: number }).revision === 1) said = await served.followers.next();
    expect(said).toEqual({ id: 'web-1', revision: 2 });
    expect(await served.followers.next()).toEqual({ id: 'web-1', revision: 2 });
  });

  it('calls itself by host, process and chance where it is given no name', async () => {
    const { served } = await followed(at(1));
    expect(await served.followers.next()).toMatchObject({
      id: expect.stringMatching(new RegExp(`:${process.pid}:[0-9a-f]{4}$`)),
    });
  });

  it('says for another process how far that is', async () => {
    const { served, store } = await followed(at(1));
    await served.followers.next();
    await store.acknowledge?.({ id: 'edge-7', revision: 3 });
    expect(await served.followers.next()).toEqual({ id: 'edge-7', revision: 3 });
  });

  it('asks again where the stream brought something newer than an answer that was under way', async () => {
    const { served, changes } = await followed(at(1), { pollIntervalMs: 20 });
    const polled = told<() => void>();
    served.beforePoll = () => new Promise((resolve) => polled.push(resolve));
    const answer = await polled.next();
    served.states = at(2);
    served.announce();
    expect((await changes.next()).states).toEqual(at(2));
    answer();
    // It is asked again at once, and that says the same as the stream.
    (await polled.next())();
    await polled.next();
    expect(changes.untaken).toEqual([]);
  });

  it('keeps what it knew where the server went back, says so once, and goes on with the next change', async () => {
    const { served, store, changes } = await followed(at(7), { pollIntervalMs: 20 });
    served.states = at(3);
    served.announce();
    const { error, asOf } = await changes.next();
    expect(error?.message).toMatch(/\/base went back from revision 7 to 3: .*until somebody switches again/);
    expect(asOf).toBeLessThanOrEqual(Date.now());
    await expect(store.read()).rejects.toThrow(/went back from revision 7 to 3/);
    served.states = at(8);
    served.announce();
    expect(await changes.next()).toEqual({ states: at(8) });
  });

  it('says that the server says it is behind, however well it answers, until it says more', async () => {
    const { served, changes } = await followed(at(1), { pollIntervalMs: 20 });
    await served.followers.next();
    served.send('stale', { message: 'redis sluice is away' });
    expect((await changes.next()).error?.message).toMatch(/may be behind itself: redis sluice is away$/);
    await served.followers.next();
    await served.followers.next();
    expect(changes.untaken).toEqual([]);
    served.announce();
    expect(await changes.next()).toEqual({ states: at(1) });
  });

  it('is not well in between where the stream breaks off and begins again with the same complaint', async () => {
    const { served, changes } = await followed(at(1), { pollIntervalMs: 3_600_000 });
    await served.followers.next();
    const message = 'redis sluice is away';
    served.send('stale', { message });
    expect((await changes.next()).error?.message).toContain(message);
    served.complaint = message;
    served.hangUp();
    await vi.waitFor(
      () => expect(served.requests.filter(({ url }) => url === '/base/v1/stream')).toHaveLength(2),
      5000,
    );
    await served.followers.next();
    await served.followers.next();
    expect(changes.untaken).toEqual([]);
    served.complaint = undefined;
    served.announce();
    expect(await changes.next()).toEqual({ states: at(1) });
  });

  it('is well again after a stream that broke off and complains no more', async () => {
    const { served, changes } = await followed(at(1), { pollIntervalMs: 3_600_000 });
    await served.followers.next();
    served.send('stale', { message: 'redis sluice is away' });
    expect((await changes.next()).error?.message).toContain('is away');
    served.hangUp();
    expect(await changes.next()).toEqual({ states: at(1) });
  });

  it('asks at once when its stream breaks off', async () => {
    const { served, changes } = await followed(at(1));
    await served.followers.next();
    served.states = at(2);
    served.hangUp();
    expect(await changes.next()).toEqual({ states: at(2) });
  });

  it.each([
    ['no JSON', 'no JSON', /answered what cannot be read/],
    ['no states', '{}', /answered what cannot be read: these are no switch states/],
  ])('rejects an answer that is %s', async (_, body, message) => {
    const { url } = await startServer((_request, response) => void response.end(body));
    await expect(httpSwitches(url).read()).rejects.toThrow(message);
  });

  it.each([401, 403, 500])('rejects on an answer of %s', async (status) => {
    const { url } = await startServer((_request, response) => void response.writeHead(status).end());
    await expect(httpSwitches(url).read()).rejects.toThrow(`${url}/v1/switches answered ${status}`);
  });

  it('asks the stream of states that cannot be read no more than the server itself', async () => {
    const { served, changes } = await followed(at(1));
    await served.followers.next();
    served.states = at(2);
    served.send('switches', { revision: 'new' });
    expect(await changes.next()).toEqual({ states: at(2) });
  });

  it('does not switch, and says where that is done', async () => {
    const store = httpSwitches('https://sluice.example.com/');
    const refusal = /^https:\/\/sluice\.example\.com is only followed from here; switch by its admin API/;
    await expect(store.set({ switch: 'a' }, off)).rejects.toThrow(refusal);
    await expect(store.clear({ switch: 'a' }, off)).rejects.toThrow(refusal);
    await expect(store.audit(1)).rejects.toThrow(refusal);
  });
});
