import { type Client, OpenFeature } from '@openfeature/server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedFor } from './asked-for.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Details, detailsOf } from './details-of.ts';
import { byPlace, type GoldenCase, goldenCases } from './golden-cases.ts';
import { inProcessClient } from './in-process.ts';
import type { Page, Reached } from './page.ts';
import { type Served, serve } from './served.ts';

declare const page: Page;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

/** As a text, because a type as deep as a document's is too much for the browser's to follow. */
function answersThere(served: Served, cases: readonly GoldenCase[]): Promise<readonly Details[]> {
  const asked = JSON.stringify([reached(served), cases]);
  return browser.tab.evaluate((text) => page.answers(...(JSON.parse(text) as Parameters<Page['answers']>)), asked);
}

const reached = ({ url, headers }: Served): Reached => ({ url, headers });

describe.each(byPlace(goldenCases).map((cases, index) => ({ cases, index })))(
  'the official web provider in Chromium, place $index',
  ({ cases, index }) => {
    let served: Served;
    let local: Client;
    let there: readonly Details[];

    beforeAll(async () => {
      served = await serve(cases[0].document, cases[0].states, { corsOrigins: [browser.origin] });
      local = await inProcessClient(served, `beside the browser ${index}`);
      there = await answersThere(served, cases);
    });

    afterAll(async () => {
      await OpenFeature.clearProviders();
      await served.close();
    });

    it.each(cases.map((golden, at) => ({ golden, at, name: golden.name })))(
      'answers as in process: $name',
      async ({ golden, at }) => {
        const { type, defaultValue } = askedFor(golden);
        const { flagMetadata, ...here } = await detailsOf(local, type, golden.flag, defaultValue, golden.context);
        const { flagMetadata: metadataThere, ...answer } = there[at] as Details;
        if (golden.flag in Object.prototype) {
          // This release of the provider keeps flags in a plain object and finds `toString` there. The value is right.
          expect(answer.value).toBe(here.value);
          return;
        }
        // What is not there crosses from the browser as null, or not at all.
        expect(answer).toEqual(JSON.parse(JSON.stringify(here)));
        // Of a flag that is not in its list the provider tells the metadata of the whole list.
        if (here.errorCode !== 'FLAG_NOT_FOUND') expect(metadataThere).toEqual(flagMetadata);
      },
    );
  },
);

describe('the official web provider in Chromium', () => {
  const document = {
    sluice: 1,
    switches: { agent: { audience: 'client' } },
    flags: {
      shown: { kind: 'release', audience: 'client', requires: ['agent'], rollout: { percentage: 100, serve: 'on' } },
      hidden: { kind: 'release', requires: ['agent'], rollout: { percentage: 100, serve: 'on' } },
    },
  } as const;
  const off = { on: false, since: 1, by: 'tests', why: 'an incident' };

  it('serves control as soon as the event stream told of a kill, and the candidate once it is restored', async () => {
    const served = await serve(document, { switches: {}, flags: {} }, { corsOrigins: [browser.origin] });
    await browser.tab.evaluate(([server, flag]) => page.follow(server, flag), [reached(served), 'shown'] as const);
    await served.switches.set({ switch: 'agent' }, off);
    await browser.tab.waitForFunction(() => page.followed.some(({ value }) => !value));
    await served.switches.clear({ switch: 'agent' }, off);
    await browser.tab.waitForFunction(() => page.followed.at(-1)?.value === true);
    const values = await browser.tab.evaluate(() => page.followed.map(({ event, value }) => `${event} ${value}`));
    expect(values).toEqual(['ready true', 'changed false', 'changed true']);
    await served.close();
  });

  it('never gets what is not marked for clients with a token for browsers', async () => {
    const served = await serve(
      document,
      { switches: {}, flags: {} },
      { corsOrigins: [browser.origin], role: 'evaluate:client' },
    );
    const cases = ['shown', 'hidden'].map((flag) => ({
      name: flag,
      document,
      flag,
      context: { targetingKey: 'ada' },
      states: { switches: {}, flags: {} },
    }));
    const [shown, hidden] = await answersThere(served, cases);
    expect(shown).toMatchObject({ value: true, variant: 'on' });
    expect(hidden).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' });
    await served.close();
  });

  it('gets nothing from a page of another origin', async () => {
    const served = await serve(document, { switches: {}, flags: {} }, { corsOrigins: ['https://app.acme.com'] });
    const asked = browser.tab.evaluate((server) => page.answers(server, []), reached(served));
    await expect(asked).rejects.toThrow(/fetch/i);
    await served.close();
  });
});
