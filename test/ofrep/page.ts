import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { type EvaluationContext, OpenFeature, type Provider, ProviderEvents } from '@openfeature/web-sdk';
import { askedFor } from './asked-for.ts';
import { type Details, detailsOf } from './details-of.ts';
import type { GoldenCase } from './golden-cases.ts';

/** A server as a page of the browser reaches it. */
export interface Reached {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the tests ask of the page. */
export interface Page {
  /** Answers to cases of one place, each in its own context, in their order. */
  answers(server: Reached, cases: readonly GoldenCase[]): Promise<readonly Details[]>;
  /** Follows one boolean flag by the server's event stream, and notes its value at each event. */
  follow(server: Reached, flag: string): Promise<void>;
  /** The values noted so far, and the events that brought them. */
  readonly followed: readonly { readonly event: string; readonly value: boolean }[];
}

const followed: { event: string; value: boolean }[] = [];

async function answers({ url, headers }: Reached, cases: readonly GoldenCase[]): Promise<readonly Details[]> {
  const provider = new OFREPWebProvider({
    baseUrl: url,
    headers: Object.entries(headers),
    changeDetection: 'none',
    cacheMode: 'disabled',
  });
  await OpenFeature.setProviderAndWait(url, provider as Provider, {});
  const client = OpenFeature.getClient(url);
  const given: Details[] = [];
  for (const each of cases) {
    await OpenFeature.setContext(url, each.context as EvaluationContext);
    const { type, defaultValue } = askedFor(each);
    given.push(await detailsOf(client, type, each.flag, defaultValue, {}));
  }
  return given;
}

async function follow({ url, headers }: Reached, flag: string): Promise<void> {
  const provider = new OFREPWebProvider({ baseUrl: url, headers: Object.entries(headers) });
  await OpenFeature.setProviderAndWait(url, provider as Provider, { targetingKey: 'ada' });
  const client = OpenFeature.getClient(url);
  const note = (event: string): void => {
    followed.push({ event, value: client.getBooleanValue(flag, false) });
  };
  client.addHandler(ProviderEvents.ConfigurationChanged, () => note('changed'));
  client.addHandler(ProviderEvents.Stale, () => note('stale'));
  note('ready');
}

Object.assign(globalThis, { page: { answers, follow, followed } satisfies Page });
