import {
  readSwitchStates,
  type SwitchChange,
  type SwitchStates,
  type SwitchStore,
  writeSwitchStates,
} from '@sluice/core';
import { wentBack } from '../went-back.ts';
import { SnapshotFallback } from './snapshot-fallback.ts';
import { SnapshotFile } from './snapshot-file.ts';

/**
 * A switch store that keeps what it last knew in the file `path`, readable by its owner only, and starts with that where
 * the store itself cannot be reached, or comes back with less than was known of it: whoever watches is then told at once
 * that it may be old. Without a snapshot a `read` rejects as the store's own does. A file that cannot be written is said by
 * one process warning.
 */
export function snapshotSwitches(store: SwitchStore, path: string): SwitchStore {
  const file = new SnapshotFile(path, writeSwitchStates, readSwitchStates);
  const fallback = new SnapshotFallback(file);
  /** Of the newest states that were ever kept: a store that lost its data must not take a kill along by a restart here. */
  let newest = -1;
  let session = {};

  const readStore = async (): Promise<SwitchStates> => {
    const states = await store.read();
    // One that cannot be used is replaced by what the store says.
    const snapshot = await file.loadIfAny().catch(() => undefined);
    const kept = Math.max(newest, snapshot?.content.revision ?? -1);
    if (states.revision < kept) throw wentBack(store.name, kept, states.revision);
    return states;
  };
  const checked = (change: SwitchChange): SwitchChange => {
    if (change.states === undefined || change.states.revision >= newest) return change;
    return { error: wentBack(store.name, newest, change.states.revision) };
  };

  return {
    name: store.name,
    async read() {
      const states = await fallback.read(readStore);
      newest = states.revision;
      return states;
    },
    watch(listener) {
      const { doubt } = fallback;
      const watching = session;
      if (doubt !== undefined) queueMicrotask(() => session === watching && listener(doubt));
      store.watch((told) => {
        const change = checked(told);
        if (change.states !== undefined) {
          newest = change.states.revision;
          fallback.keep(change.states);
          return listener(change);
        }
        const later = fallback.doubtAfter(change);
        if (later !== undefined) listener(later);
      });
    },
    set: (target, state) => store.set(target, state),
    clear: (target, author) => store.clear(target, author),
    audit: (limit) => store.audit(limit),
    ...(store.followers && { followers: store.followers.bind(store) }),
    ...(store.acknowledge && { acknowledge: store.acknowledge.bind(store) }),
    async close() {
      session = {};
      await fallback.close(() => store.close());
    },
  };
}
