import type { SwitchChange, SwitchStates, SwitchStore } from '@sluice/core';
import { type Following, followSwitches } from '@sluice/openfeature-provider';

/**
 * The same store, which tells `heard` after whoever watches has taken a change. Some change no answer, so that nobody else
 * speaks of them, and yet have to be handed on: a kill that is to last longer, or another reason for it.
 *
 * It is one of those who follow the store, as a provider of this process may be that was given the same one.
 */
export function heardSwitches(store: SwitchStore, heard: () => void): SwitchStore {
  let following: Following<SwitchChange> | undefined;
  const join = (): Following<SwitchChange> => {
    following ??= followSwitches(store);
    return following;
  };
  return {
    name: store.name,
    read: async () => (await join().read()).states as SwitchStates,
    watch: (listener) =>
      join().watch((change) => {
        listener(change);
        heard();
      }),
    set: (target, state) => store.set(target, state),
    clear: (target, author) => store.clear(target, author),
    audit: (limit) => store.audit(limit),
    async close() {
      await following?.close();
      following = undefined;
    },
  };
}
