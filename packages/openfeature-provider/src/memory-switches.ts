import { noSwitches, type SwitchAuditEntry, type SwitchChange, type SwitchStore } from '@sluice/core';
import { changeSwitches, type SwitchEdit } from './switch-change.ts';

/** Keeps switch states in this process, for as long as it lives: for tests, and where there is one process only. */
export function memorySwitches(): SwitchStore {
  const listeners = new Set<(change: SwitchChange) => void>();
  const entries: SwitchAuditEntry[] = [];
  let states = noSwitches;
  let given = states;
  const edit = async (change: SwitchEdit): Promise<number> => {
    const changed = changeSwitches(states, change);
    states = changed.states;
    entries.push(changed.entry);
    for (const listener of listeners) listener({ states });
    return states.revision;
  };
  return {
    name: 'memory',
    async read() {
      given = states;
      return given;
    },
    watch(listener) {
      listeners.add(listener);
      // What was set after the last `read` and before this is a later state too.
      if (given !== states) queueMicrotask(() => listeners.has(listener) && listener({ states }));
    },
    set: (target, state) => edit({ target, state, author: state }),
    clear: (target, author) => edit({ target, state: null, author }),
    audit: async (limit) => entries.slice(Math.max(0, entries.length - limit)).reverse(),
    async close() {
      listeners.clear();
    },
  };
}
