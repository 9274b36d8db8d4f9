import { type Client, OpenFeature } from '@openfeature/server-sdk';
import { SluiceProvider } from '@sluice/openfeature-provider';
import type { Served } from './served.ts';

/** A client whose provider evaluates in this process what the server serves; its domain is its own. */
export async function inProcessClient({ source, switches }: Served, domain: string): Promise<Client> {
  await OpenFeature.setProviderAndWait(domain, new SluiceProvider(source, { switches }));
  return OpenFeature.getClient(domain);
}
