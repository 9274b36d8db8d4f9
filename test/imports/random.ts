/** The same start, the same choices, on every machine: mulberry32. */
export class Random {
  #state: number;

  constructor(start: number) {
    this.#state = start;
  }

  /** Definitions that a seed once gave have to stay the ones it gives, so this start is not to change. */
  static ofSeed(seed: number): Random {
    return new Random((seed + 1) * 0x9e3779b9);
  }

  /** From 0 up to and without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Member>(members: readonly Member[]): Member {
    return members[this.below(members.length)] as Member;
  }

  /** As many as chance has it of what `make` makes. */
  times<Member>(least: number, most: number, make: (index: number) => Member): Member[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}
