import { OFREPProvider } from '@openfeature/ofrep-provider';
import { type Client, type EvaluationContext, OpenFeature } from '@openfeature/server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedFor } from './asked-for.ts';
import { detailsOf } from './details-of.ts';
import { byPlace, goldenCases } from './golden-cases.ts';
import { inProcessClient } from './in-process.ts';
import { type Served, serve } from './served.ts';

describe.each(byPlace(goldenCases).map((cases, index) => ({ cases, index })))(
  'the official server provider, place $index',
  ({ cases, index }) => {
    let served: Served;
    let remote: Client;
    let local: Client;

    beforeAll(async () => {
      served = await serve(cases[0].document, cases[0].states);
      local = await inProcessClient(served, `in process ${index}`);
      const { url: baseUrl, headers } = served;
      await OpenFeature.setProviderAndWait(`remote ${index}`, new OFREPProvider({ baseUrl, headers }));
      remote = OpenFeature.getClient(`remote ${index}`);
    });

    afterAll(async () => {
      await OpenFeature.clearProviders();
      await served.close();
    });

    it.each(cases)('answers as in process: $name', async (golden) => {
      const { type, defaultValue } = askedFor(golden);
      const here = await detailsOf(local, type, golden.flag, defaultValue, golden.context);
      const there = await detailsOf(remote, type, golden.flag, defaultValue, golden.context);
      expect(there.value).toEqual(here.value);
      expect(there.variant).toBe(here.variant);
      if (here.errorCode === undefined && here.variant === undefined) {
        // This release of the provider knows no code default: it says that nothing is of another type. The value is right.
        expect([there.reason, there.errorCode]).toEqual(['ERROR', 'GENERAL']);
        return;
      }
      expect(there.errorCode).toBe(here.errorCode);
      expect(there.reason).toBe(here.reason);
      // The provider throws errors, and the SDK drops the metadata of what is thrown.
      expect(there.flagMetadata).toEqual(here.errorCode === undefined ? here.flagMetadata : {});
    });
  },
);

describe('the official server provider', () => {
  it('pauses where the server says 429, and asks again after the time it was told', async () => {
    const [golden] = goldenCases.filter((each) => askedFor(each).type === 'boolean');
    if (golden === undefined) throw new Error('no boolean flag among the golden vectors');
    const served = await serve(golden.document, golden.states, { requestsPerSecond: 1, requestBurst: 1 });
    const asked: number[] = [];
    const counting: typeof fetch = async (...parameters) => {
      const response = await fetch(...parameters);
      asked.push(response.status);
      return response;
    };
    const provider = new OFREPProvider({ baseUrl: served.url, headers: served.headers, fetchImplementation: counting });
    await OpenFeature.setProviderAndWait('limited', provider);
    const client = OpenFeature.getClient('limited');
    for (let each = 0; each < 4; each++)
      await client.getBooleanDetails(golden.flag, false, golden.context as EvaluationContext);
    await OpenFeature.clearProviders();
    await served.close();
    // The first is answered, the second refused, and those after it are not even sent.
    expect(asked).toEqual([200, 429]);
  });
});
