import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sinkSuite } from '@sluice/conformance';
import type { MeasurementRecord, OutcomeRecord } from '@sluice/core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRecorder } from '../../src/recorder.ts';
import { httpSink } from '../../src/sinks/http-sink.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

async function listening(answer: Answer): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function end({ server }: { readonly server: Server }): void {
  server.closeAllConnections();
  server.close();
}

/** A server of the test's own, and its URL. */
async function startServer(answer: Answer): Promise<string> {
  const started = await listening(answer);
  onTestFinished(() => end(started));
  return started.url;
}

/** Stores lines by the first step of the path, at most so many at once. */
function ingest(places: Map<string, string[]>, mostRecords = Number.POSITIVE_INFINITY): Answer {
  return async (request, response) => {
    const [, place = '', ...rest] = request.url?.split('/') ?? [];
    const lines = (await text(request)).trimEnd().split('\n');
    if (request.method !== 'POST' || rest.join('/') !== 'ingest/v1/records') return void response.writeHead(404).end();
    if (lines.length > mostRecords) return void response.writeHead(413).end('{ "error": "The body is too large." }');
    places.set(place, [...(places.get(place) ?? []), ...lines]);
    response.end(JSON.stringify({ stored: lines.length }));
  };
}

const recordsOf = (lines: readonly string[] = []): readonly MeasurementRecord[] =>
  lines.map((line) => JSON.parse(line));

for (const [name, mostRecords] of [
  ['http', undefined],
  ['http, of a server that takes 700 records at once', 700],
] as const) {
  const places = new Map<string, string[]>();
  let started: Awaited<ReturnType<typeof listening>>;
  beforeAll(async () => {
    started = await listening(ingest(places, mostRecords));
  });
  afterAll(() => end(started));
  sinkSuite(
    { describe, it },
    {
      name,
      create: (place) => httpSink(`${started.url}/${place}`),
      readBack: async (place) => recordsOf(places.get(place)),
      without: { key: 'the server hands its key to nobody' },
    },
  );
}

const outcome = (value: number): OutcomeRecord => ({
  ...{ v: 1, type: 'outcome', id: `id-${value}`, at: value, run: `run-${value}`, flag: 'f', variant: 'a', arm: 'none' },
  ...{ stage: '', unit: 'u', metric: 'quality', value },
});

describe('httpSink', () => {
  it('sends its token, and lines of JSON that say what they are', async () => {
    const heads: IncomingMessage['headers'][] = [];
    const url = await startServer(async (request, response) => {
      heads.push(request.headers);
      await text(request);
      response.end('{ "stored": 1 }');
    });
    const sink = httpSink(url, { token: 'secret' });
    await sink.write([outcome(1)]);
    expect(heads).toMatchObject([{ authorization: 'Bearer secret', 'content-type': 'application/x-ndjson' }]);
    expect(sink.name).toBe(`${url}/ingest/v1/records`);
  });

  it.each([
    [400, '{ "error": "Line 3 is no record." }', /ingest\/v1\/records answered 400: Line 3 is no record\.$/],
    [401, '', /answered 401: nothing more was said$/],
    [502, '<html>Bad gateway</html>', /answered 502: <html>Bad gateway<\/html>$/],
    [204, '', /answered 204: nothing more was said$/],
    [200, '<html>Sign in</html>', /answered 200: <html>Sign in<\/html>$/],
  ])('rejects on an answer of %s, and passes on what the server says', async (status, body, message) => {
    const url = await startServer(async (request, response) => {
      await text(request);
      response.writeHead(status).end(body);
    });
    await expect(httpSink(url).write([outcome(1)])).rejects.toThrow(message);
  });

  it('follows no redirect, and says where the server is', async () => {
    const url = await startServer(async (request, response) => {
      await text(request);
      response.writeHead(302, { location: 'https://elsewhere.test/' }).end();
    });
    await expect(httpSink(url).write([outcome(1)])).rejects.toThrow(
      /answered 302: it is at https:\/\/elsewhere\.test\//,
    );
  });

  it('divides a batch that is too large until it fits, in order, and rejects one record that never does', async () => {
    const places = new Map<string, string[]>();
    const url = await startServer(ingest(places, 2));
    const batch = Array.from({ length: 7 }, (_, index) => outcome(index));
    await httpSink(`${url}/small`).write(batch);
    expect(recordsOf(places.get('small'))).toEqual(batch);
    const none = await startServer(ingest(places, 0));
    await expect(httpSink(`${none}/none`).write(batch)).rejects.toThrow(/answered 413: The body is too large\./);
  });

  it('lets go of the records that the server will never take, says so once, and stores the others', async () => {
    const stored: string[] = [];
    const url = await startServer(async (request, response) => {
      const lines = (await text(request)).trimEnd().split('\n');
      const bad = lines.findIndex((line) => JSON.parse(line).metric === 'bad');
      if (bad >= 0) return void response.writeHead(422).end(`{ "error": "Line ${bad + 1} is bad." }`);
      stored.push(...lines);
      response.end(JSON.stringify({ stored: lines.length }));
    });
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const batch = Array.from({ length: 9 }, (_, index) => outcome(index));
    const mixed = batch.map((each, index) => (index === 3 || index === 7 ? { ...each, metric: 'bad' } : each));
    await httpSink(url).write(mixed);
    await new Promise((resolve) => setImmediate(resolve));
    expect(recordsOf(stored)).toEqual(batch.filter((_, index) => index !== 3 && index !== 7));
    expect(warnings).toEqual([expect.stringMatching(/refuses a record, and it is let go: Line 1 is bad\.$/)]);
  });

  it.each([
    ['says nothing', () => {}],
    ['breaks off in the middle of its answer', (_: unknown, response: ServerResponse) => void response.write('{')],
  ])('rejects when the time is up, where the server %s', async (_, answer) => {
    const url = await startServer(answer);
    await expect(httpSink(url, { timeoutMs: 20 }).write([outcome(1)])).rejects.toThrow(
      /cannot be reached: it did not answer within 20 ms$/,
    );
  });

  it('says why a server cannot be reached', async () => {
    const started = await listening(() => {});
    end(started);
    await once(started.server, 'close');
    await expect(httpSink(started.url).write([outcome(1)])).rejects.toThrow(/cannot be reached: connect ECONNREFUSED/);
  });

  it('refuses at once what is no address of a web server', () => {
    expect(() => httpSink('sluice.example.com')).toThrow(/no address of a web server/);
    expect(() => httpSink('redis://sluice')).toThrow(/no address of a web server/);
  });

  it('refuses an address with a password, and repeats it nowhere', () => {
    expect(() => httpSink('https://ann:secret@example.com')).toThrow(
      /^the address at example.com holds a user or password/,
    );
  });

  it('reads no more than the beginning of an answer without end', async () => {
    let ended = (): void => {};
    const left = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const url = await startServer((request, response) => {
      request.resume();
      response.on('close', () => ended());
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), more);
      };
      more();
    });
    await expect(httpSink(url).write([{} as MeasurementRecord])).rejects.toThrow(/answered 200: x{200}$/);
    await left;
  });

  it('brings what a recorder took through a server that fails for a while, once and whole', async () => {
    const places = new Map<string, string[]>();
    const store = ingest(places);
    let failures = 2;
    const url = await startServer((request, response) => {
      if (failures-- > 0) return void response.writeHead(503).end();
      return store(request, response);
    });
    const recorder = createRecorder({ sink: httpSink(`${url}/place`), key: '0123456789abcdef' });
    recorder.startRun({ flag: 'f', variant: 'a', arm: 'none', stage: '', unit: 'u' }).record({ quality: 1 });
    await recorder.flush();
    expect(recorder.counts()).toMatchObject({ stored: 1, failedWrites: 2 });
    expect(recordsOf(places.get('place'))).toMatchObject([{ metric: 'quality', value: 1 }]);
    await recorder.close();
  });
});
