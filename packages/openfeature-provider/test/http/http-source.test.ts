import { sourceSuite } from '@sluice/conformance';
import type { SourceChange } from '@sluice/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpSource } from '../../src/http/http-source.ts';
import { told } from '../told.ts';
import { servedDocument } from './document-server.ts';
import { startServer, stopServer } from './start-server.ts';

for (const validator of ['etag', 'last-modified', 'none'] as const) {
  sourceSuite(
    { describe, it },
    {
      name: `httpSource, of a server that knows ${validator}`,
      create: async () => {
        const served = servedDocument(validator);
        const { url } = await startServer(served.answer);
        return {
          source: httpSource(`${url}/flags.json`, { pollIntervalMs: 5 }),
          write: async (document) => {
            served.text = JSON.stringify(document);
          },
          writeBad: async () => {
            served.text = '{ "sluice": 1, "flags": ';
          },
          remove: async () => {
            served.text = undefined;
          },
        };
      },
    },
  );
}

sourceSuite(
  { describe, it },
  {
    name: 'httpSource, told by a stream',
    create: async () => {
      const served = servedDocument('etag');
      const { url } = await startServer(served.answer);
      const set = async (text: string | undefined): Promise<void> => {
        served.text = text;
        served.announce();
      };
      return {
        source: httpSource(`${url}/flags.json`, { stream: `${url}/stream`, pollIntervalMs: 3_600_000 }),
        write: (document) => set(JSON.stringify(document)),
        writeBad: () => set('{ "sluice": 1, "flags": '),
        remove: () => set(undefined),
      };
    },
  },
);

const document = { sluice: 1, flags: { flag: { variants: { a: 'A', b: 'B' }, control: 'a' } } };
const json = JSON.stringify(document);
const yaml = 'sluice: 1\nflags:\n  flag: { variants: { a: A, b: B }, control: a }\n';

describe('httpSource', () => {
  it.each([
    ['application/json; charset=utf-8', 'flags', json],
    ['application/vnd.acme+json', 'flags', json],
    ['application/yaml', 'flags', yaml],
    ['text/x-yaml', 'flags', yaml],
    ['text/plain', 'flags.yaml', yaml],
    ['application/octet-stream', 'flags.yml?version=1', yaml],
    ['text/plain', 'flags.json', json],
    ['text/plain', 'flags', yaml],
    ['text/plain', 'flags', json],
  ])('reads what came as %s from %s', async (type, path, text) => {
    const served = servedDocument('none');
    served.text = text;
    served.headers = { 'content-type': type };
    const { url } = await startServer(served.answer);
    expect((await httpSource(`${url}/${path}`).read()).document).toEqual(document);
  });

  it.each([
    ['application/json', 'flags.yaml', /is not JSON/],
    ['application/yaml', 'flags.json', undefined],
    ['text/plain', 'flags.json', /is not JSON/],
  ])('believes %s before the name %s', async (type, path, refusal) => {
    const served = servedDocument('none');
    served.text = yaml;
    served.headers = { 'content-type': type };
    const { url } = await startServer(served.answer);
    const reading = httpSource(`${url}/${path}`).read();
    if (refusal === undefined) expect((await reading).document).toEqual(document);
    else await expect(reading).rejects.toThrow(refusal);
  });

  it('asks by the ETag, and gives the same reading again for 304', async () => {
    const served = servedDocument('etag');
    served.text = json;
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags.json`, { headers: { authorization: 'Bearer secret' } });
    const first = await source.read();
    expect(await source.read()).toBe(first);
    expect(served.requests.map(({ headers }) => headers)).toMatchObject([
      { authorization: 'Bearer secret' },
      { authorization: 'Bearer secret', 'if-none-match': '"1"' },
    ]);
    expect(served.requests[0]?.headers).not.toHaveProperty('if-none-match');
  });

  it('asks by the time of the last change only where that second was over when the server answered', async () => {
    const served = servedDocument('none');
    served.text = json;
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags.json`);
    const changed = { 'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT' };
    served.headers = { ...changed, date: 'Sun, 22 Nov 2026 10:00:00 GMT' };
    await source.read();
    served.headers = { ...changed, date: 'Sun, 22 Nov 2026 10:00:01 GMT' };
    await source.read();
    await source.read();
    expect(served.requests.map(({ headers }) => headers['if-modified-since'])).toEqual([
      undefined,
      undefined,
      changed['last-modified'],
    ]);
  });

  it('rejects again for 304 where the document was bad', async () => {
    const served = servedDocument('etag');
    served.text = '{ "sluice": 2 }';
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags.json`);
    await expect(source.read()).rejects.toThrow(/is not a usable flag document/);
    await expect(source.read()).rejects.toThrow(/is not a usable flag document/);
    expect(served.requests[1]?.headers).toHaveProperty('if-none-match');
  });

  it('names the URL in messages, without what may be secret in it', async () => {
    const served = servedDocument('none');
    const { url } = await startServer(served.answer);
    const place = `${url.replace('//', '//user:secret@')}/flags.yaml?signature=secret`;
    const source = httpSource(place);
    expect(source.name).toBe(`${url}/flags.yaml`);
    await expect(source.read()).rejects.toThrow(new RegExp(`^${url}/flags\\.yaml answered 404$`));
    expect(served.requests[0]).toMatchObject({ url: '/flags.yaml?signature=secret' });
    expect(served.requests[0]?.headers.authorization).toMatch(/^Basic /);
    served.text = 'sluice: 2';
    await expect(source.read()).rejects.toThrow(new RegExp(`^${url}/flags\\.yaml is not a usable flag document`));
  });

  it('refuses a document longer than maxLength, and one that is not UTF-8', async () => {
    const served = servedDocument('none');
    served.text = json;
    const { url } = await startServer(served.answer);
    const source = (maxLength: number) => httpSource(`${url}/flags.json`, { maxLength });
    expect((await source(json.length).read()).document).toEqual(document);
    await expect(source(json.length - 1).read()).rejects.toThrow(/more than the \d+ that are read as json/);
    await expect(source(5).read()).rejects.toThrow(/answered more than the 15 bytes that are read/);
    const latin = await startServer((_, response) => void response.end(Buffer.from('sluice: 1 # \xe9', 'latin1')));
    await expect(httpSource(`${latin.url}/flags.yaml`).read()).rejects.toThrow(/it is not UTF-8/);
  });

  it.each(['flags.yaml', 'ftp://example.com/flags.yaml', 'https://'])('refuses %s at once', (url) => {
    expect(() => httpSource(url)).toThrow(TypeError);
  });

  it('tells that a server is away once, and what it serves when it is back, also where nothing changed', async () => {
    const served = servedDocument('etag');
    served.text = json;
    const first = await startServer(served.answer);
    const source = httpSource(`${first.url}/flags.json`, { pollIntervalMs: 5 });
    onTestFinished(() => source.close());
    const reading = await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    stopServer(first.server);
    expect((await changes.next()).error?.message).toMatch(/cannot be reached: /);
    await startServer(served.answer, Number(new URL(first.url).port));
    let change = await changes.next();
    // A connection that was open when the server went may fail in another way than the next.
    while (change.error !== undefined) change = await changes.next();
    expect(change).toEqual({ reading });
    expect(changes.untaken).toEqual([]);
  });

  it('tells nothing while nothing changes, however often it asks', async () => {
    const served = servedDocument('none');
    served.text = json;
    const asked = told<void>();
    const { url } = await startServer((request, response) => {
      served.answer(request, response);
      asked.push();
    });
    const source = httpSource(`${url}/flags.json`, { pollIntervalMs: 5 });
    onTestFinished(() => source.close());
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    for (let times = 0; times < 5; times++) await asked.next();
    expect(changes.untaken).toEqual([]);
  });

  it('asks at once when its stream is back after an error, also where the revision is the one it knows', async () => {
    const served = servedDocument('etag');
    served.text = json;
    let away = false;
    const { url } = await startServer((request, response) => {
      if (!away || request.url === '/stream') return served.answer(request, response);
      // Nothing but the stream makes it come back within the hour.
      response.writeHead(503, { 'retry-after': '3600' }).end();
    });
    const source = httpSource(`${url}/flags.json`, { stream: `${url}/stream`, pollIntervalMs: 5 });
    onTestFinished(() => source.close());
    const reading = await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    away = true;
    expect((await changes.next()).error?.message).toMatch(/answered 503$/);
    away = false;
    served.announce();
    expect(await changes.next()).toEqual({ reading });
  });

  it('warns once of a stream that is not there, and polls', async () => {
    const warnings = told<Error>();
    process.on('warning', warnings.push);
    onTestFinished(() => void process.off('warning', warnings.push));
    const served = servedDocument('etag');
    served.text = json;
    const { url } = await startServer(served.answer);
    const source = httpSource(`${url}/flags.json`, { stream: `${url}/no-stream`, pollIntervalMs: 5 });
    onTestFinished(() => source.close());
    await source.read();
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    expect((await warnings.next()).message).toBe(
      `${url}/no-stream answered with application/json where a stream of events (text/event-stream) was expected; ` +
        `${url}/flags.json is polled alone`,
    );
    served.text = yaml;
    expect((await changes.next()).error?.message).toMatch(/is not JSON/);
  });

  it('has one request under way at a time, whatever the stream says', async () => {
    const served = servedDocument('etag');
    served.text = json;
    const waiting: (() => void)[] = [];
    let underWay = 0;
    let most = 0;
    const { url } = await startServer((request, response) => {
      if (request.url === '/stream') return served.answer(request, response);
      if (request.url === '/nothing') return void response.end();
      most = Math.max(most, ++underWay);
      response.on('close', () => underWay--);
      waiting.push(() => served.answer(request, response));
      arrived.push();
    });
    const arrived = told<void>();
    const source = httpSource(`${url}/flags.json`, { stream: `${url}/stream`, pollIntervalMs: 3_600_000 });
    onTestFinished(() => source.close());
    const readings = [source.read(), source.read()];
    for (const reading of readings) {
      await arrived.next();
      // Whatever else was sent has arrived by now too.
      await fetch(`${url}/nothing`);
      expect(arrived.untaken).toEqual([]);
      waiting.shift()?.();
      await reading;
    }
    const changes = told<SourceChange>();
    source.watch?.(changes.push);
    for (const control of ['b', 'a', 'b']) {
      served.text = JSON.stringify({ ...document, flags: { flag: { ...document.flags.flag, control } } });
      served.announce();
    }
    await arrived.next();
    waiting.shift()?.();
    expect((await changes.next()).reading?.document.flags?.['flag']).toMatchObject({ control: 'b' });
    expect(most).toBe(1);
  });
});
