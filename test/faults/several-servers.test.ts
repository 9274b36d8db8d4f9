import { ProviderEvents } from '@openfeature/server-sdk';
import { startRedis } from '@sluice-test/services';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NOTICED_MS, within } from './deadlines.ts';
import { CANDIDATE, CONTROL, documentOfTheTests, FLAG, SWITCH } from './document.ts';
import { type Follower, startFollower } from './follower.ts';
import { operatorAt } from './operator.ts';
import { type RunningServer, type ServerApart, serverApart, serverHere } from './running-servers.ts';

const bulk = '/ofrep/v1/evaluate/flags';
const kill = { name: SWITCH, why: 'the answers are wrong' };
const context = { context: { targetingKey: 'user-1' } };

describe('several servers on one Redis', () => {
  it('carry a kill through one to the clients of all, and one of them says who has acknowledged it', async () => {
    const { first, second, apart } = await severalServers();
    const servers = [first, second, apart];
    const followers = await Promise.all(servers.map((server, index) => followerOf(server, `web-${index}`)));
    const streams = await Promise.all(servers.map(ofrepStream));
    const before = await Promise.all(streams.map((stream) => stream.next()));
    // Three servers and a client of each.
    await expect.poll(() => followersAt(first), { timeout: NOTICED_MS }).toHaveLength(6);
    const answer = await first.ask('ada', 'POST', '/admin/v1/kill?wait=10000', kill);
    expect(await answer.json()).toMatchObject({ on: false, followers: { acknowledged: 6, missing: [], gone: [] } });
    for (const follower of followers) await follower.isWell([CONTROL, CANDIDATE]);
    const after = await Promise.all(streams.map((stream) => stream.next()));
    expect(new Set(before).size).toBe(1);
    expect(new Set(after).size).toBe(1);
    expect(after[0]).not.toBe(before[0]);
    for (const server of servers) expect(await valueAt(server)).toBe(CONTROL);
  });

  it('take the tickets and the ETags of each other', async () => {
    const { first, second, apart } = await severalServers();
    await first.ask('ada', 'POST', '/admin/v1/kill', kill);
    const values = () => Promise.all([first, second, apart].map(valueAt));
    await expect.poll(values, { timeout: NOTICED_MS }).toEqual([CONTROL, CONTROL, CONTROL]);
    const answer = await first.ask('web', 'POST', bulk, context);
    const etag = answer.headers.get('etag') ?? '';
    const { eventStreams } = (await answer.json()) as {
      readonly eventStreams: readonly [{ readonly endpoint: { readonly requestUri: string } }];
    };
    for (const { url } of [second, apart]) {
      const headers = { authorization: 'Bearer web', 'content-type': 'application/json', 'if-none-match': etag };
      expect((await fetch(`${url}${bulk}`, { method: 'POST', headers, body: JSON.stringify(context) })).status).toBe(
        304,
      );
      const stream = await fetch(`${url}${eventStreams[0].endpoint.requestUri}`);
      expect(stream.status).toBe(200);
      await stream.body?.cancel();
    }
  });

  it('that dies changes nothing for the others, and its clients say STALE until it is back', async () => {
    const { first, second, apart } = await severalServers();
    const others = [await followerOf(first, 'web-1'), await followerOf(second, 'web-2')];
    const orphan = await followerOf(apart, 'web-3');
    await apart.crash();
    expect((await orphan.noticesTrouble()).served).toEqual([CANDIDATE, CANDIDATE]);
    for (const { history } of others) expect(history.map(({ event }) => event)).toEqual([ProviderEvents.Ready]);
    await first.ask('ada', 'POST', '/admin/v1/kill', kill);
    for (const other of others) await other.isWell([CONTROL, CANDIDATE]);
    expect(await orphan.client.getStringDetails(FLAG, 'none')).toMatchObject({
      value: CANDIDATE,
      flagMetadata: { stale: true },
    });
    await apart.startAgain();
    await orphan.told('READY, and killed', COMES_BACK_MS, ({ stale, served }) => !stale && served[0] === CONTROL);
    for (const { history } of others) expect(history.map(({ event }) => event)).not.toContain(ProviderEvents.Stale);
  });

  it('have one audit trail, whichever was asked', async () => {
    const { first, second, apart } = await severalServers();
    await first.ask('ada', 'POST', '/admin/v1/kill', { ...kill, by: 'Ada' });
    const percentage = `/admin/v1/flags/${FLAG}/percentage`;
    expect((await second.ask('ben', 'PUT', percentage, { percentage: 5, why: 'too wide' })).status).toBe(200);
    const current = await apart.ask('ben', 'GET', '/admin/v1/document');
    const replaced = await replaceAt(apart, 'ben', current.headers.get('etag'), documentOfTheTests(50));
    expect(replaced.status).toBe(200);
    const trails = [first, second, apart].map(async (server) => {
      const { entries } = (await (await server.ask('ada', 'GET', '/admin/v1/audit?limit=3')).json()) as {
        readonly entries: readonly object[];
      };
      return entries;
    });
    const [trail, ...same] = await Promise.all(trails);
    expect(same).toEqual([trail, trail]);
    expect(trail).toMatchObject([
      { action: 'document', by: 'ben', why: 'wider' },
      { action: 'document', by: 'ben', why: 'too wide', summary: `${FLAG}: percentage 100 → 5` },
      { action: 'switch', by: 'ada: Ada', why: kill.why, target: { switch: SWITCH } },
    ]);
  });

  it('let one of two operators who edit at once through, and show the other both versions', async () => {
    const { first, apart } = await severalServers();
    const etag = (await first.ask('ada', 'GET', '/admin/v1/document')).headers.get('etag');
    const [mine, yours] = [documentOfTheTests(20), documentOfTheTests(30)];
    const answers = await Promise.all([replaceAt(first, 'ada', etag, mine), replaceAt(apart, 'ben', etag, yours)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [written, refused] = answers[0]?.status === 200 ? [mine, yours] : [yours, mine];
    const conflict = (await answers.find(({ status }) => status === 412)?.json()) as {
      readonly current: { readonly text: string };
      readonly attempted: string;
    };
    expect([JSON.parse(conflict.current.text), JSON.parse(conflict.attempted)]).toEqual([written, refused]);
    for (const server of [first, apart]) {
      expect(await (await server.ask('ada', 'GET', '/admin/v1/document')).json()).toEqual(written);
    }
  });
});

/** A stream is opened anew after delays that double, and a process takes its time to start. */
const COMES_BACK_MS = 20_000;

interface SeveralServers {
  readonly first: RunningServer;
  readonly second: RunningServer;
  /** In a process of its own. */
  readonly apart: ServerApart;
}

/** All closed when the test is over, before Redis is. */
async function severalServers(): Promise<SeveralServers> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const operator = await operatorAt(redis.port);
  onTestFinished(() => operator.close());
  await operator.publish();
  const here = [await serverHere(redis.port), await serverHere(redis.port)] as const;
  const apart = await serverApart(redis.port);
  for (const server of [...here, apart]) onTestFinished(() => server.close());
  return { first: here[0], second: here[1], apart };
}

/** It has had no evaluation that failed or waited, whatever happened in the test. */
async function followerOf(server: RunningServer, name: string): Promise<Follower> {
  const follower = await startFollower(server.followed(name));
  onTestFinished(async () => {
    const { evaluations, ...wrong } = await follower.stop();
    expect(wrong).toEqual({ late: 0, failed: [] });
    expect(evaluations).toBeGreaterThan(0);
  });
  await follower.isWell([CANDIDATE, CANDIDATE]);
  return follower;
}

/** The tags of the changes that a client of OFREP is told of. */
async function ofrepStream(server: RunningServer): Promise<{ next(): Promise<string> }> {
  const { body } = await server.ask('web', 'GET', '/ofrep/v1/events');
  const reader = (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader.cancel().catch(() => undefined));
  let text = '';
  const next = async (): Promise<string> => {
    for (;;) {
      const [event, etag] = /data: .*"etag":"([^"]+)".*\n\n/.exec(text) ?? [];
      if (event !== undefined && etag !== undefined) {
        text = text.slice(text.indexOf(event) + event.length);
        return etag;
      }
      text += (await reader.read()).value ?? '';
    }
  };
  return { next: () => within(NOTICED_MS, () => `an event of ${server.url}; what came: ${text}`, next()) };
}

async function followersAt(server: RunningServer): Promise<readonly object[]> {
  const answer = await server.ask('ada', 'GET', '/admin/v1/followers');
  return ((await answer.json()) as { readonly followers: readonly object[] }).followers;
}

async function valueAt(server: RunningServer): Promise<unknown> {
  const answer = await server.ask('web', 'POST', `${bulk}/${FLAG}`, context);
  return ((await answer.json()) as { readonly value: unknown }).value;
}

function replaceAt({ url }: RunningServer, token: string, etag: string | null, document: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': etag ?? '' };
  return fetch(`${url}/admin/v1/document?why=wider`, { method: 'PUT', headers, body: JSON.stringify(document) });
}
