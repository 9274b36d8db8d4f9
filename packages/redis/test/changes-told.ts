import type { SwitchChange, SwitchStore } from '@sluice/core';

/** What a store told, and the next that it tells. */
export interface ChangesTold {
  readonly all: readonly SwitchChange[];
  /** The first, told already or to come, for which this holds. */
  that(holds: (change: SwitchChange) => boolean): Promise<SwitchChange>;
}

export function watched(store: SwitchStore): ChangesTold {
  const all: SwitchChange[] = [];
  const waiting = new Set<(change: SwitchChange) => void>();
  store.watch((change) => {
    all.push(change);
    for (const look of waiting) look(change);
  });
  return {
    all,
    that: (holds) =>
      new Promise((resolve) => {
        const found = all.find(holds);
        if (found !== undefined) return resolve(found);
        const look = (change: SwitchChange): void => {
          if (!holds(change)) return;
          waiting.delete(look);
          resolve(change);
        };
        waiting.add(look);
      }),
  };
}

export const atRevision =
  (revision: number) =>
  ({ states }: SwitchChange): boolean =>
    states?.revision === revision;

export const saying =
  (words: RegExp) =>
  ({ error }: SwitchChange): boolean =>
    error !== undefined && words.test(error.message);
