import type { SwitchChange, SwitchState, SwitchStates, SwitchStore } from '@sluice/core';

/** A switch store that fails, and tells of states, when a test says so. */
export interface SwitchableStore {
  readonly store: SwitchStore;
  readonly calls: string[];
  readonly tell: (change: SwitchChange) => void;
}

export function off(more: Partial<SwitchState> = {}): SwitchState {
  return { on: false, since: 1, by: 'ann', why: 'it lies', ...more };
}

export function statesOf(
  switches: Readonly<Record<string, SwitchState>>,
  flags: Readonly<Record<string, SwitchState>> = {},
): SwitchStates {
  return { revision: 1, switches: new Map(Object.entries(switches)), flags: new Map(Object.entries(flags)) };
}

export function switchableStore(first: SwitchStates | Error = statesOf({})): SwitchableStore {
  const calls: string[] = [];
  let listener: (change: SwitchChange) => void = () => {};
  const store: SwitchStore = {
    name: 'redis test',
    async read() {
      calls.push('read');
      if (first instanceof Error) throw first;
      return first;
    },
    watch(next) {
      calls.push('watch');
      listener = next;
    },
    set: () => Promise.reject(new Error('not here')),
    clear: () => Promise.reject(new Error('not here')),
    audit: async () => [],
    async close() {
      calls.push('close');
    },
  };
  return { store, calls, tell: (change) => listener(change) };
}
