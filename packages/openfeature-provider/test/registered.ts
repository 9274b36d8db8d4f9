import { type Client, type EventDetails, OpenFeature, type Provider, ProviderEvents } from '@openfeature/server-sdk';
import { onTestFinished } from 'vitest';
import { type Told, told } from './told.ts';

export interface ToldEvent {
  readonly event: ProviderEvents;
  readonly message?: string;
  readonly flagsChanged?: readonly string[];
}

let domains = 0;

/** A domain that no other test uses. */
export function newDomain(): string {
  return `domain-${++domains}`;
}

/** Every event that a client is told from now on, its present state first. */
export function eventsOf(client: Client): Told<ToldEvent> {
  const events = told<ToldEvent>();
  for (const event of Object.values(ProviderEvents)) {
    client.addHandler(event, (details?: EventDetails) => {
      const { message, flagsChanged } = (details ?? {}) as EventDetails & Partial<ToldEvent>;
      events.push({ event, ...(message !== undefined && { message }), ...(flagsChanged && { flagsChanged }) });
    });
  }
  return events;
}

/** A client of the provider, in a domain of its own, once the provider is ready; and every event after that. */
export async function registered(
  provider: Provider,
): Promise<{ readonly client: Client; readonly events: Told<ToldEvent> }> {
  const domain = newDomain();
  onTestFinished(() => provider.onClose?.());
  await OpenFeature.setProviderAndWait(domain, provider);
  const client = OpenFeature.getClient(domain);
  const events = eventsOf(client);
  await events.next();
  return { client, events };
}
