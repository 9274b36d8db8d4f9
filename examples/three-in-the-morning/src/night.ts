import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { OpenFeature } from '@openfeature/server-sdk';
import { fileSource, memorySwitches } from '@sluice/openfeature-provider';
import { createServer, type Token } from '@sluice/server';
import { remoteOperations } from '@sluice/server/operations';
import { startService } from './service.ts';

/** What a caller of the services got. */
export interface Seen {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface Night {
  readonly before: readonly Seen[];
  readonly killed: readonly Seen[];
  readonly restored: readonly Seen[];
  /** From the call of `kill` until the last service had heard of it. */
  readonly milliseconds: number;
}

function token(name: string, role: Token['role']): { readonly secret: string; readonly token: Token } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, token: { name, role, sha256: createHash('sha256').update(secret).digest('hex') } };
}

/** A server, services that follow it, and an operator who stops the agent and lets it go on. */
export async function spendNight(services: number): Promise<Night> {
  const [followers, operator] = [token('services', 'evaluate'), token('on-call', 'operate')];
  const server = createServer({
    source: fileSource(fileURLToPath(new URL('../flags.yaml', import.meta.url))),
    switches: memorySwitches(),
    tokens: [followers.token, operator.token],
  });
  const { url } = await server.listen({ port: 0 });
  const names = Array.from({ length: services }, (_, index) => `service-${index + 1}`);
  const running = await Promise.all(names.map((name) => startService(name, url, followers.secret)));
  const ask = (): Promise<readonly Seen[]> =>
    Promise.all(
      running.map(async (service) => {
        const response = await fetch(service.url);
        return {
          status: response.status,
          retryAfter: response.headers.get('retry-after'),
          text: await response.text(),
        };
      }),
    );
  // What `sluice kill ai-agent --target <server>` does.
  const operations = remoteOperations(url, { token: operator.secret });

  const before = await ask();
  let heard = Promise.all(running.map((service) => service.changed()));
  const began = performance.now();
  await operations.kill('ai-agent', { by: 'ada', why: 'it books flights for everybody' });
  await heard;
  const milliseconds = performance.now() - began;
  const killed = await ask();

  heard = Promise.all(running.map((service) => service.changed()));
  await operations.restore('ai-agent', { by: 'ada', why: 'it asks first now' });
  await heard;
  const restored = await ask();

  await Promise.all(running.map((service) => service.close()));
  await OpenFeature.close();
  await operations.close();
  await server.close();
  return { before, killed, restored, milliseconds };
}
