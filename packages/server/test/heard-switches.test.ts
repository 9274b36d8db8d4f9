import type { Source, SourceChange, SwitchChange, SwitchStore } from '@sluice/core';
import { LiveFlags, type LiveFlagsEvent, memorySource, memorySwitches } from '@sluice/openfeature-provider';
import { describe, expect, it } from 'vitest';
import { exampleDocument, runningServer } from './running-server.ts';

const off = { on: false, since: 1, by: 'ann', why: 'an incident' };

/** Tells only whoever watched last, and nobody once it is closed, as some stores and sources do. */
function forOne<Change>(place: { watch?(listener: (change: Change) => void): void }) {
  let told: (change: Change) => void = () => {};
  place.watch?.((change) => told(change));
  return {
    watch: (listener: (change: Change) => void) => {
      told = listener;
    },
    close: async () => {
      told = () => {};
    },
  };
}

describe('a server', () => {
  it('takes no news from a provider of the same process that has the same source and store, nor by its end', async () => {
    const [memory, states] = [memorySource(exampleDocument), memorySwitches()];
    const source: Source = { ...memory, ...forOne<SourceChange>(memory) };
    const switches: SwitchStore = { ...states, ...forOne<SwitchChange>(states) };
    const events: LiveFlagsEvent[] = [];
    const provider = new LiveFlags(source, { switches }, (event) => events.push(event));
    await provider.start();
    const { server, post } = await runningServer({ source, switches });

    await states.set({ switch: 'ai-agent' }, off);
    memory.replace({ ...exampleDocument, version: 'v2' });
    expect(provider.evaluate('support-model', { targetingKey: 'ada' })).toMatchObject({ variant: 'old' });
    expect([provider.flags?.version, server.live.flags?.version]).toEqual(['v2', 'v2']);
    expect(await (await post('/ofrep/v1/evaluate/flags/ai-agent', { context: {} })).json()).toMatchObject({
      value: false,
    });

    await server.close();
    await states.clear({ switch: 'ai-agent' }, off);
    expect(provider.evaluate('ai-agent', {})).toMatchObject({ value: true });
    expect(events.map(({ type }) => type)).toEqual(['changed', 'changed']);
    await provider.close();
  });
});
