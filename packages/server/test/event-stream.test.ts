import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventReader } from './event-reader.ts';
import { metric, refused } from './metric.ts';
import { rawSocket } from './raw-socket.ts';
import { bearer, everyRole, exampleDocument, type RunningServer, runningServer } from './running-server.ts';

const killed = { on: false, since: 1, by: 'ops', why: 'outage' };

describe('the event stream of OFREP', () => {
  it('tells to fetch anew at once and at each change, with what the next answer is to be newer than', async () => {
    const switches = memorySwitches();
    const server = await runningServer({ switches });
    const answer = await server.ask(await uriFrom(server));
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = eventReader(answer);
    const first = await events.next();
    const lastModified = expect.toSatisfy(
      (at: number) => Number.isInteger(at) && Math.abs(at - Date.now() / 1000) < 60,
    );
    const data = { type: 'refetchEvaluation', etag: first?.id, lastModified };
    expect(first).toEqual({ event: 'message', id: expect.any(String), data });
    await switches.set({ switch: 'ai-agent' }, killed);
    const second = await events.next();
    expect(second).toMatchObject({ event: 'message', data: { type: 'refetchEvaluation', etag: second?.id } });
    expect(second?.id).not.toBe(first?.id);
  });

  it('says nothing to a client that comes back and has seen what holds', async () => {
    const switches = memorySwitches();
    const server = await runningServer({ switches });
    const seen = (await eventReader(await server.ask('/ofrep/v1/events')).next())?.id ?? '';
    const events = eventReader(await server.ask('/ofrep/v1/events', { headers: { 'Last-Event-ID': seen } }));
    await switches.set({ switch: 'ai-agent' }, killed);
    expect((await events.next())?.id).not.toBe(seen);
  });

  it('says nothing to a client token of changes that it may not see', async () => {
    const [source, switches] = [memorySource(exampleDocument), memorySwitches()];
    const server = await runningServer({ source, switches, tokens: everyRole });
    const events = eventReader(await server.ask(await uriFrom(server, 'browser')));
    const first = await events.next();
    await switches.set({ switch: 'code-execution' }, killed);
    source.replace({ ...exampleDocument, flags: { greeting: exampleDocument.flags.greeting } });
    await switches.set({ switch: 'ai-agent' }, killed);
    await switches.clear({ switch: 'ai-agent' }, { by: 'ops', why: 'over' });
    expect((await events.next())?.id).not.toBe(first?.id);
    expect((await events.next())?.id).toBe(first?.id);
  });

  it('is opened by the ticket of a bulk evaluation, on every server with the same tokens', async () => {
    const [one, other] = [await runningServer({ tokens: everyRole }), await runningServer({ tokens: everyRole })];
    const uri = await uriFrom(one, 'browser');
    expect(uri).toMatch(/^\/ofrep\/v1\/events\?ticket=/);
    expect(await uriFrom(other, 'browser')).toBe(uri);
    const answer = await other.ask(uri);
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  });

  it.each([
    ['none', ''],
    ['an empty one', '?ticket='],
    ['a malformed one', '?ticket=%00.%00'],
    ['one that has run out', '?ticket=1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a forged one', '?ticket=zzzzzzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('is closed to a ticket that is %s', async (_, query) => {
    const server = await runningServer({ tokens: everyRole, metricsOpen: true });
    expect((await server.ask(`/ofrep/v1/events${query}`)).status).toBe(401);
    expect(await refused(server, query === '' ? 'token' : 'ticket')).toBe(1);
  });

  it('is closed to the ticket of a token that was withdrawn, and to another role than those that evaluate', async () => {
    const uri = await uriFrom(await runningServer({ tokens: everyRole }), 'browser');
    const later = await runningServer({ tokens: everyRole.filter(({ name }) => name !== 'browser') });
    expect((await later.ask(uri)).status).toBe(401);
    expect((await later.ask('/ofrep/v1/events', { headers: bearer('feed') })).status).toBe(403);
    const answer = await later.ask('/ofrep/v1/events', { headers: bearer('web') });
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  });

  it('is kept alive by comments', async () => {
    const { ask } = await runningServer({ heartbeatMs: 5 });
    const events = eventReader(await ask('/ofrep/v1/events'));
    await events.next();
    void events.next();
    await until(async () => events.asides.filter((line) => line === ':').length >= 2);
  });

  it('is counted, and let go of when the client leaves', async () => {
    const server = await runningServer();
    const { socket } = rawSocket(server.port, 'GET /ofrep/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    expect(await metric(server, 'sluice_streams_open')).toBe(1);
    socket.destroy();
    await until(async () => (await metric(server, 'sluice_streams_open')) === 0);
  });

  it('is refused with 503 where too many are open, and leaves nothing open after HEAD', async () => {
    const server = await runningServer({ limits: { streams: 1 } });
    expect((await server.ask('/ofrep/v1/events', { method: 'HEAD' })).status).toBe(200);
    const open = eventReader(await server.ask('/ofrep/v1/events'));
    await open.next();
    const answer = await server.ask('/v1/stream');
    expect([answer.status, Number(answer.headers.get('retry-after')) >= 1]).toEqual([503, true]);
    expect(await refused(server, 'streams')).toBe(1);
  });

  it('leaves room for programs, however many browsers come', async () => {
    const server = await runningServer({ tokens: everyRole, limits: { streams: 10 } });
    const open = async (path: string, secret: string): Promise<number> => {
      const answer = await server.ask(path, { headers: bearer(secret) });
      if (answer.ok) onTestFinished(() => answer.body?.cancel());
      return answer.status;
    };
    const browsers: number[] = [];
    for (let each = 0; each < 10; each++) browsers.push(await open('/ofrep/v1/events', 'browser'));
    expect(browsers).toEqual([...Array.from({ length: 9 }, () => 200), 503]);
    expect([await open('/v1/stream', 'web'), await open('/v1/stream', 'web')]).toEqual([200, 503]);
  });

  it('is ended with a hint when to come back where the server closes', async () => {
    const { server, ask } = await runningServer();
    const events = eventReader(await ask('/ofrep/v1/events'));
    await events.next();
    const closed = server.close();
    expect(await events.next()).toBeUndefined();
    expect(events.asides.filter((line) => /^retry: \d+$/.test(line))).toHaveLength(2);
    await closed;
  });
});

async function uriFrom(server: RunningServer, secret?: string): Promise<string> {
  const answer = await server.post(
    '/ofrep/v1/evaluate/flags',
    { context: {} },
    secret === undefined ? {} : bearer(secret),
  );
  const { eventStreams } = (await answer.json()) as {
    eventStreams: readonly [{ type: string; endpoint: { requestUri: string } }];
  };
  expect(eventStreams).toEqual([{ type: 'sse', endpoint: { requestUri: expect.any(String) } }]);
  return eventStreams[0].endpoint.requestUri;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
