import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byPlace, type GoldenCase, goldenCases } from './golden-cases.ts';
import { type Answer, faultsOf, faultsOfEvent } from './openapi-validator.ts';
import { type Served, serve } from './served.ts';

async function answerOf(served: Served, flag: string | undefined, body: string, more: object = {}): Promise<Answer> {
  const path = flag === undefined ? '' : `/${encodeURIComponent(flag)}`;
  const response = await fetch(`${served.url}/ofrep/v1/evaluate/flags${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...served.headers, ...more },
    body,
  });
  const text = await response.text();
  return {
    path: flag === undefined ? '/ofrep/v1/evaluate/flags' : '/ofrep/v1/evaluate/flags/{key}',
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const body = ({ context }: GoldenCase): string => JSON.stringify({ context });

describe.each(byPlace(goldenCases).map((cases, index) => ({ cases, index })))(
  "an answer is as OFREP's description says, place $index",
  ({ cases }) => {
    let served: Served;
    beforeAll(async () => {
      served = await serve(cases[0].document, cases[0].states);
    });
    afterAll(() => served.close());

    it.each(cases)('to one flag: $name', async (golden) => {
      expect(faultsOf(await answerOf(served, golden.flag, body(golden)))).toEqual([]);
    });

    it.each(cases)('to all flags: $name', async (golden) => {
      const answer = await answerOf(served, undefined, body(golden));
      expect(answer.status).toBe(200);
      expect((answer.body as { flags: object[] }).flags.length).toBeGreaterThan(0);
      expect(faultsOf(answer)).toEqual([]);
    });
  },
);

describe("an answer is as OFREP's description says", () => {
  const [golden] = goldenCases as readonly [GoldenCase];
  const statusOf = async (statuses: Promise<Answer>[]): Promise<number[]> => {
    const answers = await Promise.all(statuses);
    expect(answers.flatMap(faultsOf)).toEqual([]);
    return answers.map(({ status }) => status);
  };

  it('to bodies that are no JSON, no object or have no context', async () => {
    const served = await serve(golden.document, golden.states);
    const bodies = ['{', '[]', '{}', '{"context":[]}', '"x"', '{"context":null}'];
    const asked = bodies.flatMap((each) => [answerOf(served, golden.flag, each), answerOf(served, undefined, each)]);
    expect(await statusOf(asked)).toEqual(asked.map(() => 400));
    await served.close();
  });

  it('to a flag that is not there, a wrong token, none, and one that asks too often', async () => {
    const served = await serve(golden.document, golden.states, { requestsPerSecond: 1, requestBurst: 5 });
    const asked = [
      answerOf(served, 'nobody has it', body(golden)),
      answerOf(served, golden.flag, body(golden), { Authorization: 'Bearer wrong' }),
      answerOf(served, undefined, body(golden), { Authorization: '' }),
    ];
    expect(await statusOf(asked)).toEqual([404, 401, 401]);
    const often = Array.from({ length: 12 }, () => answerOf(served, undefined, body(golden)));
    expect(await statusOf(often)).toContain(429);
    await served.close();
  });

  it('to a client that has it already: 304 without a body', async () => {
    const served = await serve(golden.document, golden.states);
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...served.headers },
      body: body(golden),
    };
    const url = `${served.url}/ofrep/v1/evaluate/flags`;
    const tag = (await fetch(url, init)).headers.get('etag') ?? '';
    const again = await answerOf(served, undefined, body(golden), { 'If-None-Match': tag });
    expect([again.status, faultsOf(again)]).toEqual([304, []]);
    await served.close();
  });

  it('in the events of the stream that it names', async () => {
    const served = await serve(golden.document, golden.states);
    const answer = await answerOf(served, undefined, body(golden));
    const { eventStreams } = answer.body as { eventStreams: { endpoint: { requestUri: string } }[] };
    const end = new AbortController();
    const stream = await fetch(`${served.url}${eventStreams[0]?.endpoint.requestUri}`, { signal: end.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      if (/^data: .*\n\n/m.test(text)) break;
    }
    end.abort();
    const [, data = ''] = /^data: (.*)$/m.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ type: 'refetchEvaluation' });
    expect(faultsOfEvent(JSON.parse(data))).toEqual([]);
    await served.close();
  });
});
