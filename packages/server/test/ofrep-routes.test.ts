import type { Source } from '@sluice/core';
import { createRecorder, memorySink } from '@sluice/openfeature-hooks';
import { memoryAssignments, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { metric } from './metric.ts';
import { bearer, everyRole, exampleDocument, runningServer } from './running-server.ts';

const one = '/ofrep/v1/evaluate/flags/';
const bulk = '/ofrep/v1/evaluate/flags';
const ada = { context: { targetingKey: 'ada' } };

describe('a server that has no flags yet', () => {
  it('says why to programs, and to client tokens nothing that a broken document says', async () => {
    const source = {
      ...memorySource(exampleDocument),
      read: () => Promise.reject(new Error('flags.secret-plan is bad')),
    };
    const { post } = await runningServer({ source, tokens: everyRole });
    for (const path of ['', '/greeting']) {
      const answers = ['web', 'browser'].map((name) =>
        post(`/ofrep/v1/evaluate/flags${path}`, { context: {} }, bearer(name)),
      );
      const [program, browser] = await Promise.all(answers);
      expect([program?.status, browser?.status]).toEqual([500, 500]);
      expect(await program?.text()).toContain('secret-plan');
      expect(await browser?.json()).toMatchObject({ errorCode: 'GENERAL', errorDetails: 'there are no flags yet' });
    }
  });
});

describe('one flag', () => {
  it('has its key, reason, variant, value and metadata', async () => {
    const { post } = await runningServer();
    const answer = await post(`${one}greeting`, { context: { plan: 'staff' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({
      key: 'greeting',
      reason: 'TARGETING_MATCH',
      variant: 'long',
      value: 'Good day',
      metadata: expect.objectContaining({ flagSetId: 'support-bot', version: 'v1', 'sluice.kind': 'release' }),
    });
  });

  it('has no value where the caller default is meant', async () => {
    const { post } = await runningServer();
    const answer = await (await post(`${one}asleep`, ada)).json();
    expect(answer).toMatchObject({ key: 'asleep', reason: 'DISABLED' });
    expect(answer).not.toHaveProperty('value');
    expect(answer).not.toHaveProperty('variant');
  });

  it('asks for a targeting key only where a rollout needs one', async () => {
    const { post } = await runningServer();
    expect((await post(`${one}greeting`, { context: {} })).status).toBe(200);
    const answer = await post(`${one}support-model`, { context: {} });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      key: 'support-model',
      errorCode: 'TARGETING_KEY_MISSING',
      errorDetails: expect.stringContaining('targetingKey'),
    });
  });

  it('is 404 where there is none of this key, slashes and percent signs included', async () => {
    const { post } = await runningServer();
    for (const key of ['missing', 'team/flag', '100%', 'ключ']) {
      const answer = await post(`${one}${encodeURIComponent(key)}`, ada);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ key, errorCode: 'FLAG_NOT_FOUND' });
    }
  });

  it.each([
    ['{', 'PARSE_ERROR'],
    ['', 'PARSE_ERROR'],
    ['[]', 'PARSE_ERROR'],
    ['null', 'PARSE_ERROR'],
    ['{}', 'INVALID_CONTEXT'],
    ['{"context":null}', 'INVALID_CONTEXT'],
    ['{"context":[]}', 'INVALID_CONTEXT'],
    ['{"context":"ada"}', 'INVALID_CONTEXT'],
  ])('answers 400 to the body %j, with code %s, in both endpoints', async (body, errorCode) => {
    const { ask } = await runningServer();
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const answer = await ask(`${one}greeting`, init);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ key: 'greeting', errorCode, errorDetails: expect.any(String) });
    const whole = await ask(bulk, init);
    expect(whole.status).toBe(400);
    expect(await whole.json()).toEqual({ errorCode, errorDetails: expect.any(String) });
  });

  it('serves control where its switch is off, and the switch answers for itself', async () => {
    const switches = memorySwitches();
    const { post } = await runningServer({ switches });
    await switches.set(
      { switch: 'ai-agent' },
      { on: false, since: 1, by: 'ops', why: 'outage', retryAfterSeconds: 60 },
    );
    expect(await (await post(`${one}support-model`, ada)).json()).toMatchObject({
      variant: 'old',
      reason: 'DEFAULT',
      metadata: { switch: 'ai-agent', retryAfterSeconds: 60 },
    });
    expect(await (await post(`${one}ai-agent`, ada)).json()).toMatchObject({ value: false, variant: 'off' });
  });

  it('waits for the assignments of a sticky flag, as a bulk evaluation does', async () => {
    const inner = memoryAssignments();
    const assignments = { ...inner, get: async (flag: string, unit: string) => inner.get(flag, unit) };
    const rollout = { percentage: 100, serve: 'b' };
    const document = { sluice: 1, flags: { s: { sticky: true, variants: { a: 1, b: 2 }, control: 'a', rollout } } };
    const { post } = await runningServer({
      source: memorySource(document),
      assignments,
      assignmentTimeoutMs: 60_000,
    });
    await inner.set('s', 'ada', { variant: 'a', at: Date.now() });
    expect(await (await post(`${one}s`, ada)).json()).toMatchObject({ variant: 'a' });
    expect(await (await post(bulk, ada)).json()).toMatchObject({ flags: [{ key: 's', variant: 'a' }] });
  });
});

describe('all flags', () => {
  it('holds every flag and switch, with the failures of single flags inside', async () => {
    const { post } = await runningServer();
    const answer = await post(bulk, { context: {} });
    expect(answer.status).toBe(200);
    const body = await answer.json();
    expect(body).toMatchObject({ metadata: { flagSetId: 'support-bot', version: 'v1' } });
    const shown = (body as { flags: { key: string; reason?: string; errorCode?: string }[] }).flags;
    expect(shown.map(({ key, reason, errorCode }) => [key, errorCode ?? reason])).toEqual([
      ['support-model', 'TARGETING_KEY_MISSING'],
      ['greeting', 'DEFAULT'],
      ['asleep', 'DISABLED'],
      ['ai-agent', 'STATIC'],
      ['code-execution', 'STATIC'],
    ]);
  });

  it('is no exposure: nothing is recorded', async () => {
    const recorder = createRecorder({ sink: memorySink(), key: 'at least sixteen bytes' });
    const server = await runningServer({ recorder });
    await server.post(bulk, ada);
    await server.post(`${one}support-model`, ada);
    expect(recorder.counts()).toMatchObject({ exposures: 0, outcomes: 0 });
    expect(await metric(server, 'sluice_evaluations_total{reason="SPLIT"}')).toBe(2);
  });

  it('is answered with 500 and OFREP code GENERAL before there is a document', async () => {
    const source: Source = {
      name: 'nowhere',
      read: async () => Promise.reject(new Error('no route')),
      async close() {},
    };
    const { post, warnings } = await runningServer({ source });
    for (const path of [bulk, `${one}greeting`]) {
      const answer = await post(path, ada);
      expect(answer.status).toBe(500);
      expect(await answer.json()).toMatchObject({
        errorCode: 'GENERAL',
        errorDetails: expect.stringContaining('no route'),
      });
    }
    expect(warnings).toEqual(['no route']);
  });
});

describe('a client token', () => {
  const document = {
    ...exampleDocument,
    flags: { ...exampleDocument.flags, waiting: { audience: 'client', requires: ['code-execution'] } },
  };

  it('sees what is marked for clients and nothing else', async () => {
    const { post } = await runningServer({ source: memorySource(document), tokens: everyRole });
    const body = await (await post(bulk, ada, bearer('browser'))).json();
    const keys = (body as { flags: { key: string }[] }).flags.map(({ key }) => key);
    expect(keys).toEqual(['greeting', 'waiting', 'ai-agent']);
    expect((await post(`${one}greeting`, ada, bearer('browser'))).status).toBe(200);
    expect((await post(`${one}ai-agent`, ada, bearer('browser'))).status).toBe(200);
  });

  it('cannot tell a flag that is hidden from one that is missing', async () => {
    const { post } = await runningServer({ source: memorySource(document), tokens: everyRole });
    const answerTo = async (key: string): Promise<unknown> => {
      const answer = await post(`${one}${key}`, ada, bearer('browser'));
      const headers = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'content-length');
      return [answer.status, headers, (await answer.text()).replaceAll(key, 'KEY')];
    };
    expect(await answerTo('support-model')).toEqual(await answerTo('no-such-model'));
    expect(await answerTo('code-execution')).toEqual(await answerTo('no-such-switch'));
    const seen = await post(`${one}support-model`, ada, bearer('web'));
    expect(seen.status).toBe(200);
  });
});
