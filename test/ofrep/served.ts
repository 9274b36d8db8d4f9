import { createHash } from 'node:crypto';
import type { Document } from '@sluice/core';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { createServer } from '@sluice/server';
import type { GoldenStates } from './golden-cases.ts';

export interface Served {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly switches: ReturnType<typeof memorySwitches>;
  readonly source: ReturnType<typeof memorySource>;
  close(): Promise<void>;
}

export interface ServedOptions {
  readonly role?: 'evaluate' | 'evaluate:client';
  readonly corsOrigins?: readonly string[];
  readonly requestsPerSecond?: number;
  readonly requestBurst?: number;
}

/** A server that listens, with a token, over a document and what is switched. */
export async function serve(
  document: Document,
  states: GoldenStates,
  { role = 'evaluate', corsOrigins = [], ...limits }: ServedOptions = {},
): Promise<Served> {
  const secret = 'the-secret-of-the-tests';
  const source = memorySource(document);
  const switches = memorySwitches();
  for (const [name, state] of Object.entries(states.switches)) await switches.set({ switch: name }, state);
  for (const [flag, state] of Object.entries(states.flags)) await switches.set({ flag }, state);
  const server = createServer({
    source,
    switches,
    corsOrigins,
    tokens: [{ name: 'tests', role, sha256: createHash('sha256').update(secret).digest('hex') }],
    limits: { requestsPerSecond: 1_000_000, requestBurst: 1_000_000, ...limits },
  });
  const { url } = await server.listen({ port: 0 });
  return { url, headers: { Authorization: `Bearer ${secret}` }, switches, source, close: () => server.close() };
}
