import { memorySource } from '@sluice/openfeature-provider';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DocumentPublisher } from '../src/distribution/published-document.ts';
import { eventReader } from './event-reader.ts';
import { exampleDocument, runningServer } from './running-server.ts';

describe('a change whose text cannot be read', () => {
  it('is told once it can be, without anybody asking', async () => {
    const inner = memorySource(exampleDocument);
    let broken = false;
    const source = { ...inner, readText: () => (broken ? Promise.reject(new Error('not now')) : inner.readText()) };
    const { ask } = await runningServer({ source });
    const events = eventReader(await ask('/v1/stream'));
    await events.next();
    await events.next();
    broken = true;
    inner.replace({ sluice: 1, version: 'v2' });
    broken = false;
    const { revision } = (await inner.readText()) ?? {};
    expect(await events.next()).toEqual({ event: 'document', data: { revision } });
  });
});

describe('a source that is closed while its text is read', () => {
  it('is not asked again', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const inner = memorySource(exampleDocument);
    const readText = vi.fn(() => new Promise<never>((_, reject) => setTimeout(reject, 10, new Error('closed'))));
    const { source } = new DocumentPublisher({ ...inner, readText }, { signingKey: undefined, onChange: () => {} });
    await source.read();
    await source.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(readText).toHaveBeenCalledTimes(1);
    await source.read();
    expect(readText).toHaveBeenCalledTimes(2);
    await source.close();
  });
});
