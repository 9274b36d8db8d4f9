import { noSwitches, type SwitchChange } from '@sluice/core';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventReader } from './event-reader.ts';
import { metric } from './metric.ts';
import { bearer, everyRole, exampleDocument, type RunningServer, runningServer } from './running-server.ts';

const bulk = '/ofrep/v1/evaluate/flags';
const ada = { context: { targetingKey: 'ada' } };
const killed = { on: false, since: 1, by: 'ops', why: 'outage' };

describe('the ETag of a bulk evaluation', () => {
  it('answers 304 without a body and without evaluating, however If-None-Match is written', async () => {
    const server = await runningServer();
    const etag = await tagOf(server);
    const evaluated = await metric(server, 'sluice_evaluations_total{reason="STATIC"}');
    for (const given of [etag, `W/${etag}`, `"other", ${etag}`, `"other" , W/${etag}`, '*']) {
      const answer = await server.post(bulk, ada, { 'If-None-Match': given });
      expect([given, answer.status, answer.headers.get('etag')]).toEqual([given, 304, etag]);
      expect(await answer.text()).toBe('');
    }
    expect(await metric(server, 'sluice_evaluations_total{reason="STATIC"}')).toBe(evaluated);
    for (const given of ['"other"', etag.slice(1, -1), '']) {
      expect((await server.post(bulk, ada, { 'If-None-Match': given })).status).toBe(200);
    }
  });

  it('is another for another context, document, switch state or expired state', async () => {
    const [source, switches] = [memorySource(exampleDocument), memorySwitches()];
    const server = await runningServer({ source, switches });
    const tags = [await tagOf(server), await tagOf(server, { context: { targetingKey: 'bob' } })];
    source.replace({ ...exampleDocument, version: 'v2' });
    tags.push(await tagOf(server));
    await switches.set({ switch: 'ai-agent' }, killed);
    tags.push(await tagOf(server));
    await switches.set({ flag: 'support-model' }, killed);
    tags.push(await tagOf(server));
    expect(new Set(tags).size).toBe(tags.length);
    await switches.clear({ flag: 'support-model' }, { by: 'ops', why: 'over' });
    await switches.clear({ switch: 'ai-agent' }, { by: 'ops', why: 'over' });
    expect(await tagOf(server)).toBe(tags[2]);
    await switches.set({ switch: 'ai-agent' }, { ...killed, expiresAt: Date.now() + 50 });
    expect(await tagOf(server)).toBe(tags[3]);
    await new Promise<void>((resolve) => {
      const look = (): unknown => (server.server.live.switches.switches.size === 0 ? resolve() : setTimeout(look, 5));
      look();
    });
    expect(await tagOf(server)).toBe(tags[2]);
  });

  it('tells a client token nothing of what changes where it may not look', async () => {
    const [source, switches] = [memorySource(exampleDocument), memorySwitches()];
    const server = await runningServer({ source, switches, tokens: everyRole });
    const before = await tagOf(server, ada, 'browser');
    const all = await tagOf(server, ada, 'web');
    await switches.set({ flag: 'support-model' }, killed);
    await switches.set({ switch: 'code-execution' }, killed);
    const { greeting, 'support-model': model } = exampleDocument.flags;
    source.replace({ ...exampleDocument, flags: { greeting, 'support-model': { ...model, control: 'young' } } });
    expect(await tagOf(server, ada, 'web')).not.toBe(all);
    expect(await tagOf(server, ada, 'browser')).toBe(before);
    await switches.set({ switch: 'ai-agent' }, killed);
    expect(await tagOf(server, ada, 'browser')).not.toBe(before);
  });

  it('tells a client token nothing by a version that was made of all contents, and says one that was written', async () => {
    const { version: _, ...unversioned } = exampleDocument;
    const source = memorySource(unversioned);
    const server = await runningServer({ source, tokens: everyRole });
    const answerOf = async (secret: string): Promise<string> => (await server.post(bulk, ada, bearer(secret))).text();
    const [before, all] = [await tagOf(server, ada, 'browser'), await answerOf('web')];
    expect([await answerOf('browser'), all].map((answer) => answer.includes('"version"'))).toEqual([false, true]);
    const single = await server.post(`${bulk}/greeting`, ada, bearer('browser'));
    expect(await single.text()).not.toContain('"version"');
    source.replace({ ...unversioned, flags: { greeting: unversioned.flags.greeting } });
    expect(await answerOf('web')).not.toBe(all);
    expect(await tagOf(server, ada, 'browser')).toBe(before);
    source.replace({ ...unversioned, version: 'v2' });
    expect(await answerOf('browser')).toContain('"version":"v2"');
  });

  it('is another while answers say that they may be old, which those who listen are told', async () => {
    const listeners = new Set<(change: SwitchChange) => void>();
    const server = await runningServer({
      switches: { ...memorySwitches(), watch: (listener) => void listeners.add(listener) },
    });
    const well = await tagOf(server);
    const events = eventReader(await server.ask('/ofrep/v1/events'));
    await events.next();
    for (const tell of listeners) tell({ error: new Error('gone') });
    await events.next();
    const stale = await tagOf(server);
    for (const tell of listeners) tell({ states: noSwitches });
    await events.next();
    expect(stale).not.toBe(well);
    const answer = await server.post(bulk, ada, { 'If-None-Match': stale });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, well]);
    expect(await answer.text()).not.toContain('stale');
  });

  it('is the same on every server that has read the same', async () => {
    const [one, other] = [await runningServer(), await runningServer()];
    expect(await tagOf(one)).toBe(await tagOf(other));
  });

  it('is another each minute where answers depend on the time, and each hour where it brings a ticket', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const noon = Date.UTC(2026, 10, 22, 12);
    const rule = { name: 'later', when: { now: { after: '2027-01-01T00:00:00Z' } }, serve: 'long' };
    const { greeting } = exampleDocument.flags;
    const timed = { ...exampleDocument, flags: { greeting: { ...greeting, rules: [rule] } } };
    const servers = {
      plain: await runningServer(),
      timed: await runningServer({ source: memorySource(timed) }),
      guarded: await runningServer({ tokens: everyRole }),
    };
    const tagsAt = async (at: number): Promise<string[]> => {
      vi.setSystemTime(at);
      return [await tagOf(servers.plain), await tagOf(servers.timed), await tagOf(servers.guarded, ada, 'web')];
    };
    const [plain, time, guarded] = await tagsAt(noon);
    expect(await tagsAt(noon + 59_999)).toEqual([plain, time, guarded]);
    expect(await tagsAt(noon + 60_000)).toEqual([plain, expect.not.stringMatching(`^${time}$`), guarded]);
    const [sameHour, , nextHour] = await tagsAt(noon + 3_600_000);
    expect([sameHour === plain, nextHour === guarded]).toEqual([true, false]);
  });

  it('waits for a change that another server has told of already', async () => {
    const ahead = { switches: memorySwitches() };
    const behind = { switches: memorySwitches() };
    const [first, second] = [await runningServer(ahead), await runningServer(behind)];
    await ahead.switches.set({ switch: 'ai-agent' }, killed);
    const { data } = (await eventReader(await first.ask('/ofrep/v1/events')).next()) ?? {};
    const told = (data as { etag: string }).etag;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(ada);
    const answering = second.server.app.request(`${bulk}?flagConfigEtag=${told}`, { method: 'POST', headers, body });
    // By the time of an answer over the network, what was asked in process is waiting.
    await second.ask('/healthz');
    await behind.switches.set({ switch: 'ai-agent' }, killed);
    expect(await (await answering).json()).toMatchObject({
      flags: expect.arrayContaining([expect.objectContaining({ key: 'ai-agent', value: false })]),
    });
  });
});

async function tagOf(server: RunningServer, body: object = ada, secret?: string): Promise<string> {
  const answer = await server.post(bulk, body, secret === undefined ? {} : bearer(secret));
  return answer.headers.get('etag') ?? '';
}
