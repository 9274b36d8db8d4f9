import { noSwitches, type Source, type SwitchChange } from '@sluice/core';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { metric } from './metric.ts';
import { bearer, everyRole, exampleDocument, runningServer } from './running-server.ts';

describe('/metrics', () => {
  it('is open to tokens that no web page has and, where it is told to be, to everybody', async () => {
    const shut = await runningServer({ tokens: everyRole });
    expect((await shut.ask('/metrics')).status).toBe(401);
    const statuses = everyRole.map(async ({ name }) => (await shut.ask('/metrics', { headers: bearer(name) })).status);
    expect(everyRole.map(({ role }) => role)).toEqual(['evaluate', 'evaluate:client', 'ingest', 'operate']);
    expect(await Promise.all(statuses)).toEqual([200, 403, 403, 200]);
    const open = await runningServer({ tokens: everyRole, metricsOpen: true });
    const answer = await open.ask('/metrics');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  });

  it('counts requests by route and evaluations by reason, and of no other server', async () => {
    const [server, other] = [await runningServer(), await runningServer()];
    for (const key of ['greeting', 'greeting', 'asleep']) {
      await server.post(`/ofrep/v1/evaluate/flags/${key}`, { context: {} });
    }
    expect(await metric(server, 'sluice_evaluations_total{reason="DEFAULT"}')).toBe(2);
    expect(await metric(server, 'sluice_evaluations_total{reason="DISABLED"}')).toBe(1);
    const route = 'sluice_requests_total{route="/ofrep/v1/evaluate/flags/:key{.+}",status="200"}';
    expect([await metric(server, route), await metric(other, route)]).toEqual([3, 0]);
  });

  it('shows the revision of the switches, the age of the document, and whether all may be old', async () => {
    const listeners = new Set<(change: SwitchChange) => void>();
    const switches = {
      ...memorySwitches(),
      watch: (listener: (change: SwitchChange) => void) => void listeners.add(listener),
    };
    const server = await runningServer({ switches });
    const tell = (change: SwitchChange): void => {
      for (const listener of listeners) listener(change);
    };
    const values = async (): Promise<number[]> =>
      Promise.all(['sluice_switch_revision', 'sluice_stale'].map((name) => metric(server, name)));
    expect(await values()).toEqual([0, 0]);
    tell({ states: { ...noSwitches, revision: 1_795_305_600_000 } });
    tell({ error: new Error('gone') });
    expect(await values()).toEqual([1_795_305_600_000, 1]);
    const age = await metric(server, 'sluice_document_age_seconds');
    expect(age >= 0 && age < 60).toBe(true);
  });
});

describe('health', () => {
  it('is ready once there are flags, and stays ready while they may be old', async () => {
    const inner = memorySource(exampleDocument);
    let fail = true;
    const told: ((change: { error: Error }) => void)[] = [];
    const source: Source = {
      ...inner,
      read: () => (fail ? Promise.reject(new Error('secret place is down')) : inner.read()),
      watch: (listener) => void told.push(listener),
    };
    const { ask, server } = await runningServer({ source, tokens: everyRole, version: '1.2.3' });
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    const unready = await ask('/readyz');
    expect([unready.status, await unready.json()]).toEqual([503, { ready: false, stale: true }]);
    fail = false;
    await server.start();
    const ready = await ask('/readyz');
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, stale: false }]);
    for (const tell of told) tell({ error: new Error('secret place is down') });
    const stale = await ask('/readyz');
    expect([stale.status, await stale.json()]).toEqual([200, { ready: true, stale: true }]);
  });
});
