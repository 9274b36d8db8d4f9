import { isDeepStrictEqual } from 'node:util';
import {
  type Client,
  type EventDetails,
  OpenFeature,
  ProviderEvents,
  ServerProviderStatus,
} from '@openfeature/server-sdk';
import type { AssignmentStore, Source, SwitchStore } from '@sluice/core';
import { SluiceProvider } from '@sluice/openfeature-provider';
import { expect, vi } from 'vitest';
import { NOTICED_MS, WELL_MS, within } from './deadlines.ts';
import { FLAG, OTHER_FLAG } from './document.ts';
import { type ProbeReport, probe } from './probe.ts';

/** What a client was told, and what it was served when it was told. */
interface Told {
  readonly event: ProviderEvents;
  readonly message: string;
  readonly flagsChanged: readonly string[];
  readonly status: ServerProviderStatus;
  /** Of the flag behind the switch, and of the one behind none. */
  readonly served: readonly [string, string];
  readonly stale: boolean;
}

/** Stands for one process: a provider, its client, and all that it was told. */
export interface Follower {
  readonly client: Client;
  readonly history: readonly Told[];
  /** Resolves once the names of all events so far, in order, are these and no others; that changes were made is told a little later. */
  tells(story: RegExp): Promise<void>;
  /** Resolves with the first event, of those not asked for yet, that is as described; a wait that is too long fails. */
  told(what: string, ms: number, fits: (told: Told) => boolean): Promise<Told>;
  /** Resolves once it is told STALE, as it has to be within the reconcile interval and a timeout. */
  noticesTrouble(): Promise<Told>;
  /** Resolves once it is READY and serves this, as it has to within the reconcile interval of its connection's being back. */
  isWell(served: readonly [string, string]): Promise<Told>;
  stop(): Promise<ProbeReport>;
}

export interface FollowerParts {
  readonly source: Source;
  readonly switches: SwitchStore;
  readonly assignments?: AssignmentStore;
  readonly assignmentTimeoutMs?: number;
}

let domains = 0;

export async function startFollower({ source, ...options }: FollowerParts): Promise<Follower> {
  const domain = `faults-${++domains}`;
  const provider = new SluiceProvider(source, options);
  const client = OpenFeature.getClient(domain);
  const history: Told[] = [];
  let taken = 0;
  let wake = (): void => {};
  const hear = async (event: ProviderEvents, message = '', flagsChanged: readonly string[] = []): Promise<void> => {
    const status = client.providerStatus;
    const answers = await Promise.all([FLAG, OTHER_FLAG].map((flag) => client.getStringDetails(flag, 'none')));
    const [first, second] = answers.map(({ value }) => value) as [string, string];
    const stale = answers.every(({ flagMetadata }) => flagMetadata['stale'] === true);
    history.push({ event, message, flagsChanged, status, served: [first, second], stale });
    wake();
  };
  await OpenFeature.setProviderAndWait(domain, provider);
  for (const event of Object.values(ProviderEvents)) {
    client.addHandler(event, (details?: EventDetails) => {
      const { message, flagsChanged } = (details ?? {}) as Partial<Pick<Told, 'message' | 'flagsChanged'>>;
      void hear(event, message, flagsChanged);
    });
  }
  const evaluations = probe(client);
  const story = (): string => history.map(({ event }) => event.replace('PROVIDER_', '')).join(' ');
  const follower: Follower = {
    client,
    history,
    tells: (expected) => vi.waitFor(() => expect(story()).toMatch(expected), { timeout: NOTICED_MS }),
    noticesTrouble: () =>
      follower.told('STALE', NOTICED_MS, ({ event, stale }) => event === ProviderEvents.Stale && stale),
    async isWell(served) {
      const fits = ({ status, stale, ...told }: Told): boolean =>
        status === ServerProviderStatus.READY && !stale && isDeepStrictEqual(told.served, served);
      return follower.told(`READY, serving ${served}`, WELL_MS, fits);
    },
    async told(what, ms, fits) {
      const find = async (): Promise<Told> => {
        for (;;) {
          while (taken < history.length) {
            const told = history[taken++] as Told;
            if (fits(told)) return told;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      };
      return within(ms, () => `${what}; what was told: ${JSON.stringify(history, undefined, 1)}`, find());
    },
    async stop() {
      const report = await evaluations.stop();
      await provider.onClose();
      return report;
    },
  };
  return follower;
}
