import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { httpSource, httpSwitches, SluiceProvider, switchGuard } from '@sluice/openfeature-provider';

export interface Service {
  readonly url: string;
  /** Resolves once the service has heard of a change. */
  changed(): Promise<void>;
  close(): Promise<void>;
}

/** A service that lets an agent answer, unless somebody has switched agents off. */
export async function startService(name: string, server: string, token: string): Promise<Service> {
  const headers = { authorization: `Bearer ${token}` };
  const source = httpSource(`${server}/v1/document`, { headers, stream: `${server}/v1/stream` });
  const switches = httpSwitches(server, { token, follower: name });
  await OpenFeature.setProviderAndWait(name, new SluiceProvider(source, { switches }));
  const client = OpenFeature.getClient(name);

  const http = createServer(async (_, response) => {
    const answer = (await switchGuard(client, 'ai-agent')) ?? new Response(`${name}: the agent is at work`);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    changed: () => new Promise((resolve) => client.addHandler(ProviderEvents.ConfigurationChanged, () => resolve())),
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
}
