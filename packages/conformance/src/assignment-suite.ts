import assert from 'node:assert/strict';
import type { AssignmentStore, StickyAssignment } from '@sluice/core';
import type { Runner } from './runner.ts';

export interface AssignmentSuiteOptions {
  /** What the tests call the store. */
  readonly name: string;
  /** Makes a store that nothing was written to. */
  readonly create: () => AssignmentStore | Promise<AssignmentStore>;
}

/** What sticky flags rely on in every store of assignments. */
export function assignmentSuite(runner: Runner, { name, create }: AssignmentSuiteOptions): void {
  const { describe, it } = runner;
  const given: StickyAssignment = { variant: 'claude', at: 1_763_800_000_000, expiresAt: 9_999_999_999_999 };

  async function withStore(body: (store: AssignmentStore) => Promise<void>): Promise<void> {
    const store = await create();
    try {
      await body(store);
    } finally {
      await store.close();
    }
  }

  describe(`assignment store: ${name}`, () => {
    it('has a name for messages', () =>
      withStore(async (store) => {
        assert.ok(store.name.length > 0);
      }));

    it('gives back what was set, and nothing that was not', () =>
      withStore(async (store) => {
        assert.equal(await store.get('model', 'ada'), undefined);
        await store.set('model', 'ada', given);
        assert.deepEqual(await store.get('model', 'ada'), given);
        assert.equal(await store.get('model', 'bob'), undefined);
        assert.equal(await store.get('prompt', 'ada'), undefined);
      }));

    it('keeps a variant that is null apart from one of that name, and an assignment without an end', () =>
      withStore(async (store) => {
        await store.set('model', 'ada', { variant: null, at: 1 });
        await store.set('model', 'bob', { variant: 'null', at: 2 });
        assert.deepEqual(await store.get('model', 'ada'), { variant: null, at: 1 });
        assert.deepEqual(await store.get('model', 'bob'), { variant: 'null', at: 2 });
      }));

    it('has the last of several', () =>
      withStore(async (store) => {
        await store.set('model', 'ada', given);
        await store.set('model', 'ada', { ...given, variant: 'gpt' });
        assert.equal((await store.get('model', 'ada'))?.variant, 'gpt');
      }));

    it('forgets what was deleted, and takes a deletion of what was never there', () =>
      withStore(async (store) => {
        await store.set('model', 'ada', given);
        await store.set('model', 'bob', given);
        await store.delete('model', 'ada');
        await store.delete('model', 'nobody');
        assert.equal(await store.get('model', 'ada'), undefined);
        assert.deepEqual(await store.get('model', 'bob'), given);
      }));

    it('tells flags and units apart, whatever they are called', () =>
      withStore(async (store) => {
        const names = ['a', 'b', 'a:b', 'b:a', 'a/b', ':', '*', 'a b', '{a}', 'é', '😀', '__proto__', 'constructor'];
        for (const flag of names)
          for (const unit of names) await store.set(flag, unit, { variant: `${flag}>${unit}`, at: 1 });
        for (const flag of names) {
          for (const unit of names) assert.equal((await store.get(flag, unit))?.variant, `${flag}>${unit}`);
        }
      }));

    it('can be closed twice', () =>
      withStore(async (store) => {
        await store.close();
        await store.close();
      }));
  });
}
