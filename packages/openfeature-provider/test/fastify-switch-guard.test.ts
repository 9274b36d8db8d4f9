import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fastifySwitchGuard } from '../src/fastify-switch-guard.ts';
import { memorySource } from '../src/memory-source.ts';
import { memorySwitches } from '../src/memory-switches.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { registered } from './registered.ts';
import { off } from './switchable-store.ts';

async function guarded() {
  const switches = memorySwitches();
  const document = { sluice: 1, switches: { 'ai-agent': { retryAfterSeconds: 120 } } };
  const { client } = await registered(new SluiceProvider(memorySource(document), { switches }));
  const app = fastify();
  onTestFinished(() => app.close());
  return { switches, client, app };
}

describe('fastifySwitchGuard', () => {
  it('lets a request of Fastify through, answers as switchGuard does once the switch is off, and lets through again', async () => {
    const { switches, client, app } = await guarded();
    let worked = 0;
    app.get('/', { preHandler: fastifySwitchGuard(client, 'ai-agent') }, async () => ({ worked: ++worked }));
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    expect(await (await fetch(url)).json()).toEqual({ worked: 1 });

    await switches.set({ switch: 'ai-agent' }, off());
    const closed = await fetch(url);
    expect(closed.status).toBe(503);
    // Fastify itself adds the charset.
    expect(closed.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(closed.headers.get('retry-after')).toBe('120');
    expect(await closed.text()).toBe('{"error":"Feature temporarily disabled","retry_after":120}');
    expect(worked).toBe(1);

    await switches.clear({ switch: 'ai-agent' }, { by: 'ann', why: 'mended' });
    expect(await (await fetch(url)).json()).toEqual({ worked: 2 });
  });

  it('guards a whole instance, and takes an unknown switch as it is told', async () => {
    const { client, app } = await guarded();
    app.addHook('preHandler', fastifySwitchGuard(client, 'nothing', { whenUnknown: 'closed' }));
    app.get('/', async () => 'worked');
    expect((await app.inject('/')).statusCode).toBe(503);
  });
});
