import type { MeasurementRecord, Recorder, Sink } from '@sluice/core';
import { createRecorder, httpSink, memorySink } from '@sluice/openfeature-hooks';
import { describe, expect, it } from 'vitest';
import { recorded, recordingKey } from './recording-server.ts';
import { everyRole, runningServer } from './running-server.ts';
import { watchedSink } from './watched-sink.ts';

const ndjson = { 'Content-Type': 'application/x-ndjson' };
const now = Date.now();
const assignment = { flag: 'f', variant: 'b', arm: 'candidate', stage: '1', unit: 'u' } as const;

describe('records from other processes', () => {
  it('are stored as they came, once they are answered', async () => {
    const sink = memorySink();
    const { ask } = await runningServer({ sink });
    const records = await recorded((recorder) => {
      recorder.expose({ flag: 'f', variant: 'b', arm: 'candidate', stage: '1', unit: 'u', share: 0.1 }, 'shop');
      recorder.startRun({ flag: 'f', variant: 'b', arm: 'candidate', stage: '1', unit: 'u' }).record({ quality: 0.5 });
    });
    const body = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;
    const response = await ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ stored: 2 });
    expect(sink.records).toEqual(records);
  });

  it('come from a process that records over HTTP, and are the same as those of one that records here', async () => {
    const sink = memorySink();
    const { url } = await runningServer({ sink, tokens: everyRole });
    const record = (recorder: Recorder) => {
      recorder.expose(assignment);
      recorder.startRun(assignment).record({ quality: 0.5, '': 1 });
    };
    const local = await recorded(record);
    const remote = createRecorder({ sink: httpSink(url, { token: 'feed' }), key: recordingKey });
    record(remote);
    await remote.close();
    const kept = ({ id, at, ...rest }: MeasurementRecord) => ({ ...rest, ...('run' in rest ? { run: '' } : {}) });
    expect(remote.counts()).toMatchObject({ stored: 3, failedWrites: 0 });
    expect(sink.records.map(kept)).toEqual(local.map(kept));
  });

  it('are refused all together for one bad line, which is named', async () => {
    const sink = memorySink();
    const { ask } = await runningServer({ sink });
    const [good] = await recorded((recorder) => recorder.expose({ ...assignment, stage: '1' }));
    const bad: readonly (readonly [object | string, RegExp])[] = [
      ['{', /Line 2 is not JSON/],
      ['[]', /Line 2 record: /],
      [{ ...good, v: 2 }, /Line 2 v: /],
      [{ ...good, type: 'guess' }, /Line 2 type: /],
      [{ ...good, arm: 'winner' }, /arm: /],
      [{ ...good, id: 'x' }, /id: /],
      [{ ...good, at: now + 2 * 86_400_000 }, /at: is more than a day ahead/],
      [{ ...good, at: 1.5 }, /at: /],
      [{ ...good, flag: 'x'.repeat(600) }, /flag: /],
      [{ ...good, unit: '' }, /unit: /],
      [{ ...good, share: 2 }, /share: /],
      [{ ...good, type: 'outcome', run: good?.id, metric: 'm', value: '1' }, /value: /],
      [{ ...good, type: 'outcome', metric: 'm', value: 1 }, /run: /],
    ];
    for (const [line, message] of bad) {
      const text = typeof line === 'string' ? line : JSON.stringify(line);
      const body = `${JSON.stringify(good)}\n${text}\n`;
      const response = await ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body });
      expect(response.status, text).toBe(422);
      expect(await errorOf(response)).toMatch(message);
    }
    expect(sink.records).toEqual([]);
  });

  it('lose members that this release does not know, and are stored', async () => {
    const sink = memorySink();
    const { ask } = await runningServer({ sink });
    const [good] = await recorded((recorder) => recorder.expose(assignment));
    const body = JSON.stringify({ ...good, mood: 'sunny' });
    expect((await ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body })).status).toBe(200);
    expect(sink.records).toEqual([good]);
  });

  it('are to be sent again where the sink refuses them', async () => {
    const sink: Sink = { ...memorySink(), write: () => Promise.reject(new Error('the disk is full')) };
    const { ask } = await runningServer({ sink });
    const [good] = await recorded((recorder) => recorder.expose(assignment));
    const body = JSON.stringify(good);
    const response = await ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await errorOf(response)).toContain('the disk is full');
  });

  it('reach the sink one call at a time', async () => {
    const { sink, stored, most } = watchedSink();
    const { ask } = await runningServer({ sink });
    const body = JSON.stringify((await recorded((recorder) => recorder.expose(assignment)))[0]);
    const posts = Array.from({ length: 20 }, () =>
      ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body }),
    );
    await Promise.all(posts);
    expect(stored()).toBe(20);
    expect(most()).toBe(1);
  });

  it('are refused as another type of content, and without a sink', async () => {
    const server = await runningServer({ sink: memorySink() });
    expect((await server.post('/ingest/v1/records', {})).status).toBe(415);
    const without = await runningServer();
    expect((await without.ask('/ingest/v1/records', { method: 'POST', headers: ndjson, body: '{}' })).status).toBe(501);
    expect((await without.post('/ingest/v1/exposures', { exposures: [] })).status).toBe(501);
  });
});

async function errorOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { readonly error: unknown }).error;
}
