import { noSwitches, type Source, type SourceChange, type SwitchChange, type SwitchStore } from '@sluice/core';
import { memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { eventReader } from './event-reader.ts';
import { exampleDocument, runningServer } from './running-server.ts';

const killed = { on: false, since: 1, by: 'ops', why: 'outage' };

describe('the stream', () => {
  it('sends what holds at once, then each change of document and switches', async () => {
    const [source, switches] = [memorySource(exampleDocument), memorySwitches()];
    const { ask } = await runningServer({ source, switches });
    const events = eventReader(await ask('/v1/stream'));
    const revision = (await source.readText())?.revision;
    expect(await events.next()).toEqual({ event: 'document', data: { revision } });
    expect(await events.next()).toEqual({ event: 'switches', data: { revision: 0, switches: {}, flags: {} } });
    const switched = await switches.set({ switch: 'ai-agent' }, killed);
    expect(await events.next()).toMatchObject({ event: 'switches', data: { revision: switched } });
    source.replace({ ...exampleDocument, version: 'v2' });
    const young = (await source.readText())?.revision;
    expect(young).not.toBe(revision);
    expect(await events.next()).toEqual({ event: 'document', data: { revision: young } });
  });

  it('says that the server may be behind, to those who are there and those who come, and tells the states again after', async () => {
    const store = interruptible();
    const { ask } = await runningServer({ switches: store });
    const events = eventReader(await ask('/v1/stream'));
    await events.next();
    await events.next();
    store.tell({ error: new Error('connection lost') });
    const stale = { event: 'stale', data: { message: expect.stringContaining('connection lost') } };
    expect(await events.next()).toEqual(stale);
    const late = eventReader(await ask('/v1/stream'));
    expect([(await late.next())?.event, (await late.next())?.event]).toEqual(['document', 'switches']);
    expect(await late.next()).toEqual(stale);
    store.tell({ states: noSwitches });
    for (const reader of [events, late]) expect((await reader.next())?.event).toBe('switches');
  });

  it('says that all is well once a server that began without a document has one', async () => {
    const inner = memorySource(exampleDocument);
    const told: ((change: SourceChange) => void)[] = [];
    const source: Source = {
      name: 'bucket',
      read: () => Promise.reject(new Error('not yet')),
      watch: (listener) => void told.push(listener),
      close: () => inner.close(),
    };
    const { ask } = await runningServer({ source });
    const events = eventReader(await ask('/v1/stream'));
    expect([(await events.next())?.event, (await events.next())?.event]).toEqual(['switches', 'stale']);
    const reading = await inner.read();
    for (const tell of told) tell({ reading });
    expect([(await events.next())?.event, (await events.next())?.event]).toEqual(['document', 'switches']);
  });

  it('goes on saying that the server may be behind where a state ends meanwhile', async () => {
    const store = interruptible();
    const { ask } = await runningServer({ switches: store });
    const expiring = { ...killed, expiresAt: Date.now() + 100 };
    store.tell({ states: { revision: 1, switches: new Map([['ai-agent', expiring]]), flags: new Map() } });
    store.tell({ error: new Error('connection lost') });
    const events = eventReader(await ask('/v1/stream'));
    const told = ['document', 'switches', 'stale', 'switches', 'stale'];
    for (const name of told) expect((await events.next())?.event).toBe(name);
  });

  it('sends a change that changes no answer, such as a kill that is to last longer', async () => {
    const switches = memorySwitches();
    await switches.set({ switch: 'ai-agent' }, killed);
    const { ask } = await runningServer({ switches });
    const events = eventReader(await ask('/v1/stream'));
    await events.next();
    await events.next();
    const expiresAt = Date.now() + 3_600_000;
    await switches.set({ switch: 'ai-agent' }, { ...killed, expiresAt });
    expect(await events.next()).toMatchObject({ data: { switches: { 'ai-agent': { expiresAt } } } });
  });

  it('carries a kill to a process that follows it', async () => {
    const switches = memorySwitches();
    const { ask } = await runningServer({ switches });
    const events = eventReader(await ask('/v1/stream'));
    await switches.set({ flag: 'greeting' }, { ...killed, expiresAt: 4_000_000_000_000 });
    let event = await events.next();
    while (event?.event !== 'switches' || (event.data as { revision: number }).revision === 0)
      event = await events.next();
    expect(event.data).toMatchObject({ flags: { greeting: { on: false, expiresAt: 4_000_000_000_000 } } });
  });
});

function interruptible(): SwitchStore & { tell(change: SwitchChange): void } {
  const listeners = new Set<(change: SwitchChange) => void>();
  return {
    ...memorySwitches(),
    watch: (listener) => void listeners.add(listener),
    tell: (change) => {
      for (const listener of listeners) listener(change);
    },
  };
}
