import { createHash } from 'node:crypto';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { onTestFinished } from 'vitest';
import type { Role, Token } from '../src/auth/token.ts';
import { createServer, type SluiceServer } from '../src/server.ts';
import type { ServerOptions } from '../src/server-options.ts';

export interface RunningServer {
  readonly server: SluiceServer;
  readonly url: string;
  readonly port: number;
  /** What the server warned of. */
  readonly warnings: readonly string[];
  ask(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** A server on a free port of this machine, closed when the test ends. */
export async function runningServer(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const warnings: string[] = [];
  const server = createServer({
    source: memorySource(options.source === undefined ? exampleDocument : { sluice: 1 }),
    switches: memorySwitches(),
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  onTestFinished(() => server.close());
  const { url, port } = await server.listen({ port: 0 });
  const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${url}${path}`, init);
  const post: RunningServer['post'] = (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { server, url, port, warnings, ask, post };
}

/** A token whose secret is its name. */
export function tokenOf(name: string, role: Role): Token {
  return { name, role, sha256: createHash('sha256').update(name).digest('hex') };
}

export function bearer(secret: string): { readonly Authorization: string } {
  return { Authorization: `Bearer ${secret}` };
}

export const everyRole: readonly Token[] = [
  tokenOf('web', 'evaluate'),
  tokenOf('browser', 'evaluate:client'),
  tokenOf('feed', 'ingest'),
  tokenOf('ops', 'operate'),
];

export const exampleDocument = {
  sluice: 1,
  flagSetId: 'support-bot',
  version: 'v1',
  switches: {
    'ai-agent': { enabled: true, audience: 'client' },
    'code-execution': { enabled: true },
  },
  flags: {
    'support-model': {
      kind: 'model',
      requires: ['ai-agent'],
      variants: { old: { model: 'gpt-4o' }, young: { model: 'claude-sonnet-4' } },
      control: 'old',
      rollout: { percentage: 50, serve: 'young' },
    },
    greeting: {
      audience: 'client',
      requires: ['ai-agent'],
      variants: { short: 'Hi', long: 'Good day' },
      control: 'short',
      rules: [{ name: 'staff', when: { plan: 'staff' }, serve: 'long' }],
    },
    asleep: { enabled: false, variants: { a: 1, b: 2 }, control: 'a' },
  },
};
