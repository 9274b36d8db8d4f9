import { runInNewContext } from 'node:vm';
import {
  type AssignmentStore,
  type CompiledFlags,
  compileDocument,
  type Document,
  type StickyAssignment,
} from '@sluice/core';
import { describe, expect, it, vi } from 'vitest';
import { memoryAssignments } from '../src/memory-assignments.ts';
import { memorySource } from '../src/memory-source.ts';
import { SluiceProvider } from '../src/sluice-provider.ts';
import { StickyEvaluations } from '../src/sticky-evaluations.ts';
import { registered } from './registered.ts';

/** All conversations get one model; a conversation that switches model midway is what people complain about. */
const serving = (serve: string): Document => ({
  sluice: 1,
  flags: {
    model: {
      unit: 'conversationId',
      sticky: true,
      variants: { gpt: 'gpt-4o', claude: 'claude' },
      control: 'gpt',
      rollout: { percentage: 100, serve },
    },
    plain: { rollout: { percentage: 100, serve: 'on' } },
  },
});

/** A store that answers when it is told to. */
function remote(overrides: Partial<AssignmentStore> = {}): AssignmentStore & { readonly asked: string[] } {
  const near = memoryAssignments();
  const asked: string[] = [];
  return {
    ...near,
    name: 'remote',
    asked,
    async get(flag, unit) {
      asked.push(`${flag}/${unit}`);
      return near.get(flag, unit);
    },
    async set(flag, unit, assignment) {
      await near.set(flag, unit, assignment);
    },
    async delete(flag, unit) {
      await near.delete(flag, unit);
    },
    ...overrides,
  };
}

async function switching(assignments?: AssignmentStore, assignmentTimeoutMs = 60_000) {
  const source = memorySource(serving('gpt'));
  const options = { onWarning: () => {}, assignmentTimeoutMs, ...(assignments && { assignments }) };
  const { client, events } = await registered(new SluiceProvider(source, options));
  const model = (conversationId: string) => client.getStringValue('model', 'none', { conversationId });
  const change = async (serve: string): Promise<void> => {
    source.replace(serving(serve));
    await events.next();
  };
  return { client, model, change };
}

describe('a sticky flag', () => {
  it.each([
    ['in this process', undefined],
    ['in a store that answers later', remote()],
  ])('keeps a conversation on its model while the rollout moves on, with assignments %s', async (_, store) => {
    const { model, change } = await switching(store);
    expect(await model('first')).toBe('gpt-4o');
    await change('claude');
    expect(await model('first')).toBe('gpt-4o');
    expect(await model('second')).toBe('claude');
    await change('gpt');
    expect([await model('first'), await model('second')]).toEqual(['gpt-4o', 'claude']);
  });

  it('takes null for no assignment, as a store of JSON says it', async () => {
    for (const get of [() => null, async () => null]) {
      const { model } = await switching(remote({ get: get as never }));
      expect(await model('first')).toBe('gpt-4o');
    }
  });

  it('alone asks the store', async () => {
    const store = remote();
    const { client, model } = await switching(store);
    expect(await client.getBooleanValue('plain', false, { targetingKey: 'ada', conversationId: 'first' })).toBe(true);
    expect(store.asked).toEqual([]);
    await model('first');
    expect(store.asked).toEqual(['model/first']);
  });

  it('is answered by its hash where the store does not answer in time, and what the store holds stays', async () => {
    const written: string[] = [];
    const never = remote({
      get: () => new Promise<StickyAssignment | undefined>(() => {}),
      set: async (flag, unit) => void written.push(`${flag}/${unit}`),
    });
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    try {
      const { model, change } = await switching(never, 1);
      expect(await model('first')).toBe('gpt-4o');
      await change('claude');
      expect(await model('first')).toBe('claude');
      expect(written).toEqual([]);
      const message = 'remote: sticky flags bucket by their hash: no answer within 1 ms';
      expect(warn.mock.calls).toEqual([[message, 'SluiceWarning']]);
    } finally {
      warn.mockRestore();
    }
  });

  it.each([
    ['rejects', { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) }],
    [
      'throws',
      {
        get: () => {
          throw new Error('down');
        },
        set: () => {
          throw new Error('down');
        },
      },
    ],
  ])('is answered by its hash where the store %s, which is said once', async (_, broken: Partial<AssignmentStore>) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    try {
      const { model } = await switching(remote(broken));
      expect([await model('first'), await model('second')]).toEqual(['gpt-4o', 'gpt-4o']);
      expect(warn.mock.calls).toEqual([['remote: sticky flags bucket by their hash: down', 'SluiceWarning']]);
    } finally {
      warn.mockRestore();
    }
  });

  it('is answered though the store cannot be written', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    try {
      const { model } = await switching(remote({ set: () => Promise.reject(new Error('read only')) }));
      expect(await model('first')).toBe('gpt-4o');
      await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
    } finally {
      warn.mockRestore();
    }
  });
});

describe('a sticky flag that asks for another', () => {
  const variants = { a: 'A', b: 'B' };
  const ada = { targetingKey: 'ada' };
  const sticky = { sticky: true, variants, control: 'a' };
  const both = (parent: string, child: string): CompiledFlags =>
    compileDocument({
      sluice: 1,
      flags: {
        parent: { ...sticky, rollout: { percentage: 100, serve: parent } },
        child: { ...sticky, prerequisites: { parent: ['a'] }, rollout: { percentage: 100, serve: child } },
      },
    });

  /** Answers at once about one flag, as a store does that has some answers near. */
  function mixed(flagAtOnce: string): AssignmentStore {
    const near = memoryAssignments();
    const get: AssignmentStore['get'] = (flag, unit) => {
      const answer = near.get(flag, unit);
      return flag === flagAtOnce ? answer : Promise.resolve(answer);
    };
    return { ...near, get };
  }

  it.each([
    ['later', remote()],
    ['about the other flag at once', mixed('parent')],
    ['about itself at once', mixed('child')],
  ])('keeps its variant where the store tells it %s', async (_, store) => {
    const evaluations = new StickyEvaluations(store, 60_000);
    expect((await evaluations.evaluate(both('a', 'b'), 'child', ada)).variant).toBe('b');
    expect((await evaluations.evaluate(both('b', 'a'), 'child', ada)).variant).toBe('b');
  });

  it('keeps it by the promise of another realm, which is no instance of this one’s', async () => {
    const foreign: Promise<StickyAssignment> = runInNewContext("Promise.resolve({ variant: 'a', at: 1 })");
    expect(foreign).not.toBeInstanceOf(Promise);
    const evaluations = new StickyEvaluations(remote({ get: () => foreign }), 60_000);
    expect((await evaluations.evaluate(both('b', 'b'), 'parent', ada)).variant).toBe('a');
  });

  it('asks nothing more once the time is up, so an answer comes though each raises another question', async () => {
    let read = 0;
    const changing = {
      get targetingKey(): string {
        return `ada-${read++}`;
      },
    };
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    try {
      const slow = remote({ get: () => new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))) });
      const evaluation = await new StickyEvaluations(slow, 5).evaluate(both('b', 'b'), 'parent', changing);
      expect(evaluation.variant).toBe('b');
    } finally {
      warn.mockRestore();
    }
  });
});
