import type { MeasurementRecord, Sink } from '@sluice/core';
import { compileDocument, evaluate } from '@sluice/core';
import { createRecorder, memorySink } from '@sluice/openfeature-hooks';
import { memorySource } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import type { GivenEvaluation } from '../src/ingest/given-evaluation.ts';
import { recorded, recordingKey, recordingServer } from './recording-server.ts';
import { bearer, everyRole, exampleDocument, runningServer } from './running-server.ts';

describe('exposures and outcomes as OFREP evaluated them', () => {
  it('give the same records as recording in process', async () => {
    const flags = compileDocument(exampleDocument as never);
    const units = Array.from({ length: 60 }, (_, index) => `user-${index}`);
    const local = await recorded((recorder) => {
      for (const unit of units) {
        const { variant = '', flagMetadata } = evaluate(flags, 'support-model', { targetingKey: unit });
        const share = flagMetadata['experiment.share'] as number | undefined;
        const given = {
          flag: 'support-model',
          variant,
          arm: flagMetadata['experiment.arm'] as 'none',
          stage: flagMetadata['experiment.stage'] as string,
          unit,
          ...(share === undefined ? {} : { share }),
        };
        recorder.expose(given);
        recorder.startRun(given).record({ quality: 0.5, thumbs: true });
      }
    });
    const { server, sink, recorder } = await recordingServer({ source: memorySource(exampleDocument) });
    const evaluations = await Promise.all(
      units.map(async (unit) => {
        const context = { targetingKey: unit };
        const response = await server.post('/ofrep/v1/evaluate/flags/support-model', { context });
        return { ...((await response.json()) as GivenEvaluation), unit };
      }),
    );
    const exposed = await server.post('/ingest/v1/exposures', { exposures: evaluations });
    expect(exposed.status).toBe(202);
    expect(await exposed.json()).toEqual({ recorded: 60, dropped: 0 });
    const runs = evaluations.map((evaluation) => ({ ...evaluation, outcomes: { quality: 0.5, thumbs: true } }));
    const ran = await server.post('/ingest/v1/outcomes', { runs });
    expect(await ran.json()).toMatchObject({ recorded: 120, dropped: 0, runs: expect.any(Array) });
    await recorder.flush();
    expect(comparable(sink.records)).toEqual(comparable(local));
    expect(comparable(local)).toHaveLength(180);
  });

  it('note a unit once a stage, and no answer that no rollout gave', async () => {
    const { server, recorder, sink } = await recordingServer();
    const met = {
      unit: 'u',
      key: 'f',
      variant: 'b',
      metadata: { 'experiment.arm': 'candidate', 'experiment.stage': '1' },
    };
    const exposures = [
      met,
      met,
      { unit: 'u', key: 'plain', variant: 'x', metadata: { version: 'v1' } },
      { unit: 'u', key: 'asleep', metadata: {}, reason: 'DISABLED' },
      { unit: 42, key: 'bare', variant: 'x' },
    ];
    expect(await (await server.post('/ingest/v1/exposures', { exposures })).json()).toEqual({
      recorded: 1,
      dropped: 0,
    });
    await recorder.flush();
    expect(sink.records).toMatchObject([{ type: 'exposure', flag: 'f', variant: 'b', arm: 'candidate', stage: '1' }]);
  });

  it('keep the domain of a client, and hash the unit', async () => {
    const { server, recorder, sink } = await recordingServer();
    const metadata = { 'experiment.stage': '1', 'sluice.unit': 'conversationId', 'experiment.share': 0.2 };
    const exposures = [{ unit: 'secret-person', key: 'f', variant: 'b', metadata, domain: 'shop' }];
    await server.post('/ingest/v1/exposures', { exposures });
    await recorder.flush();
    expect(sink.records).toMatchObject([{ domain: 'shop', share: 0.2, arm: 'none' }]);
    expect(JSON.stringify(sink.records)).not.toContain('secret-person');
  });

  it('take feedback by the token of a run', async () => {
    const { server, recorder, sink } = await recordingServer();
    const runs = [
      { unit: 'u', key: 'f', variant: 'b', metadata: { 'experiment.stage': '1' }, token: true },
      { unit: 'u', key: 'f', variant: 'b', outcomes: { latency: 5 } },
      { unit: 'u', key: 'asleep', outcomes: { latency: 5 } },
    ];
    const answered = await (await server.post('/ingest/v1/outcomes', { runs })).json();
    const begun = (answered as { readonly runs: readonly { readonly id: string; readonly token: string }[] }).runs;
    expect(begun).toEqual([{ id: expect.any(String), token: expect.any(String) }, { id: expect.any(String) }, null]);
    const { id, token } = begun[0] ?? { id: '', token: '' };
    const accepted = await server.post('/ingest/v1/feedback', { token, outcomes: { feedback: true } });
    expect(await accepted.json()).toEqual({ accepted: true });
    await recorder.flush();
    expect(sink.records.map((each) => each.type === 'outcome' && [each.metric, each.value])).toEqual([
      ['latency', 5],
      ['feedback', 1],
    ]);
    expect(sink.records[1]).toMatchObject({ run: id });
    const forged = await server.post('/ingest/v1/feedback', {
      token: `${token.slice(0, -2)}AA`,
      outcomes: { feedback: 1 },
    });
    expect(forged.status).toBe(400);
    expect(await forged.json()).toMatchObject({ reason: 'forged', error: expect.any(String) });
  });

  it('say what was dropped, and are to be sent again where nothing was kept', async () => {
    const sink: Sink = { ...memorySink(), write: () => new Promise(() => undefined) };
    const recorder = createRecorder({ sink, key: recordingKey, maxBuffered: 3 });
    const server = await runningServer({ recorder });
    const given = (unit: number) => ({ unit, key: 'f', variant: 'b', metadata: { 'experiment.stage': '1' } });
    const some = await server.post('/ingest/v1/exposures', { exposures: [1, 2, 3, 4, 5].map(given) });
    expect(some.status).toBe(202);
    expect(await some.json()).toEqual({ recorded: 3, dropped: 2 });
    const none = await server.post('/ingest/v1/exposures', { exposures: [6, 7].map(given) });
    expect(none.status).toBe(503);
    expect(none.headers.get('retry-after')).toBe('5');
  });

  it('are refused where a field is not as it should be, or there are too many', async () => {
    const { server, sink, recorder } = await recordingServer();
    const refused: readonly (readonly [string, unknown, RegExp])[] = [
      ['exposures', {}, /^exposures: /],
      ['exposures', { exposures: [{ key: 'f', variant: 'b' }] }, /^exposures\.0\.unit: /],
      ['exposures', { exposures: [{ unit: '', key: 'f', variant: 'b' }] }, /^exposures\.0\.unit: /],
      ['exposures', { exposures: [{ unit: 1.5, key: 'f', variant: 'b' }] }, /^exposures\.0\.unit: /],
      ['exposures', { exposures: [{ unit: 'u', key: 'f', variant: 'b', metadata: { a: {} } }] }, /metadata\.a: /],
      ['exposures', { exposures: Array.from({ length: 1_001 }, () => ({ unit: 'u', key: 'f' })) }, /^exposures: /],
      [
        'outcomes',
        { runs: [{ unit: 'u', key: 'f', variant: 'b', outcomes: { quality: '1' } }] },
        /outcomes\.quality: /,
      ],
      ['outcomes', { runs: [{ unit: 'u', key: 'f', variant: 'b', outcomes: many(101) }] }, /more than 100 members/],
      ['feedback', { outcomes: { feedback: 1 } }, /^token: /],
    ];
    for (const [path, body, message] of refused) {
      const response = await server.post(`/ingest/v1/${path}`, body);
      expect(response.status, JSON.stringify(body).slice(0, 200)).toBe(400);
      expect(await response.json()).toMatchObject({ error: expect.stringMatching(message) });
    }
    await recorder.flush();
    expect(sink.records).toEqual([]);
  });

  it('come from those who may ingest or operate, and nobody else', async () => {
    const { server } = await recordingServer({ tokens: everyRole });
    const status = async (token: string) =>
      (await server.post('/ingest/v1/exposures', { exposures: [] }, bearer(token))).status;
    expect(await Promise.all(['web', 'browser', 'feed', 'ops'].map(status))).toEqual([403, 403, 202, 202]);
  });
});

function many(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`metric-${index}`, index]));
}

/** Without what no two recorders share: ids and times. */
function comparable(records: readonly MeasurementRecord[]): readonly string[] {
  const rest = records.map((record) => ({ ...record, id: '', at: 0, ...('run' in record ? { run: '' } : {}) }));
  return rest.map((record) => JSON.stringify(Object.entries(record).toSorted())).toSorted();
}
