/** The same seed, the same choices. */
export interface Random {
  /** From 0 up to 1. */
  (): number;
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
  pick<Value>(values: readonly Value[]): Value;
  chance(share: number): boolean;
  /** So many of what `make` makes. */
  some<Value>(least: number, most: number, make: () => Value): Value[];
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return Object.assign(next, {
    below,
    pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value,
    chance: (share: number): boolean => next() < share,
    some: <Value>(least: number, most: number, make: () => Value): Value[] =>
      Array.from({ length: least + below(most - least + 1) }, make),
  });
}
