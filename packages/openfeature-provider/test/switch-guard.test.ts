import { type Client, InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { switchGuard } from '../src/switch-guard.ts';

const document = {
  sluice: 1,
  switches: {
    'ai-agent': { enabled: false, retryAfterSeconds: 120 },
    'code-execution': { enabled: false },
    search: {},
  },
  flags: {
    model: { variants: { a: 'A' }, control: 'a' },
    'german-only': { rules: [{ when: { country: 'DE' }, serve: 'on' }] },
  },
};

async function served(): Promise<Client> {
  await OpenFeature.setProviderAndWait(new SluiceProvider(memorySource(document)));
  return OpenFeature.getClient();
}

describe('switchGuard', () => {
  afterEach(() => OpenFeature.clearProviders());

  it('lets through where the switch is on', async () => {
    expect(await switchGuard(await served(), 'search')).toBeUndefined();
  });

  it('answers 503 with the seconds of the document where it is off', async () => {
    const closed = await switchGuard(await served(), 'ai-agent');
    expect(closed?.status).toBe(503);
    expect(Object.fromEntries(closed?.headers ?? [])).toEqual({
      'content-type': 'application/json',
      'retry-after': '120',
    });
    expect(await closed?.text()).toBe('{"error":"Feature temporarily disabled","retry_after":120}');
  });

  it('says 300 seconds where the document says nothing', async () => {
    const closed = await switchGuard(await served(), 'code-execution');
    expect(closed?.headers.get('retry-after')).toBe('300');
    expect(await closed?.json()).toEqual({ error: 'Feature temporarily disabled', retry_after: 300 });
  });

  it('closes and opens with the document', async () => {
    const source = memorySource(document);
    await OpenFeature.setProviderAndWait(new SluiceProvider(source));
    const client = OpenFeature.getClient();
    source.replace({ ...document, switches: { ...document.switches, search: { enabled: false } } });
    expect((await switchGuard(client, 'search'))?.status).toBe(503);
    source.replace(document);
    expect(await switchGuard(client, 'search')).toBeUndefined();
  });

  it.each([
    ['is not declared', 'nothing'],
    ['is a flag that is no boolean', 'model'],
  ])('takes a name that %s as open, unless it is told otherwise', async (_, name) => {
    const client = await served();
    expect(await switchGuard(client, name)).toBeUndefined();
    expect(await switchGuard(client, name, { whenUnknown: 'open' })).toBeUndefined();
    const closed = await switchGuard(client, name, { whenUnknown: 'closed' });
    expect(closed?.status).toBe(503);
    expect(closed?.headers.get('retry-after')).toBe('300');
  });

  it('takes a provider that is not ready as it was told', async () => {
    const provider = new SluiceProvider({ name: 'never', read: () => new Promise(() => {}), close: async () => {} });
    OpenFeature.setProvider('not-ready', provider);
    const client = OpenFeature.getClient('not-ready');
    expect(await switchGuard(client, 'search')).toBeUndefined();
    expect((await switchGuard(client, 'search', { whenUnknown: 'closed' }))?.status).toBe(503);
  });

  it('does not take a switch that is on as unknown', async () => {
    expect(await switchGuard(await served(), 'search', { whenUnknown: 'closed' })).toBeUndefined();
  });

  it('hands the context to the client, for a flag that stands in for a switch', async () => {
    const client = await served();
    expect(await switchGuard(client, 'german-only', { context: { country: 'DE' } })).toBeUndefined();
    expect((await switchGuard(client, 'german-only', { context: { country: 'FR' } }))?.status).toBe(503);
  });

  it('guards by a boolean flag of any provider', async () => {
    const variants = { on: true, off: false };
    const flag = { variants, defaultVariant: 'off', disabled: false };
    await OpenFeature.setProviderAndWait(new InMemoryProvider({ 'ai-agent': flag }));
    expect((await switchGuard(OpenFeature.getClient(), 'ai-agent'))?.headers.get('retry-after')).toBe('300');
  });
});
