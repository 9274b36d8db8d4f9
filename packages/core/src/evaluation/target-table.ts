import { xxh32 } from '../bucketing/hash.ts';
import type { Evaluation } from './evaluation.ts';

/** Bits of the filter for each unit: of the units that are no targets, about one in eighty passes. */
const BITS_PER_UNIT = 20;

/**
 * The units that are targets, each with its answer. In a map of a hundred thousand every question waits for memory several
 * times over, and nearly every unit is no target: so a filter that fits into a cache is asked first, which knows most of those.
 */
export class TargetTable {
  readonly #answers = new Map<string, Evaluation>();
  /** Words in each of which a unit has two bits: one look at memory says whether both are set. */
  readonly #filter: Uint32Array;

  constructor(answers: Iterable<readonly [unit: string, answer: Evaluation]>) {
    for (const [unit, answer] of answers) this.#answers.set(unit, answer);
    const words = Math.max(1, (this.#answers.size * BITS_PER_UNIT) / 32);
    const filter = new Uint32Array(2 ** Math.ceil(Math.log2(words)));
    for (const unit of this.#answers.keys()) {
      const hash = xxh32(unit, 0);
      const word = hash & (filter.length - 1);
      filter[word] = (filter[word] ?? 0) | bitsOf(hash);
    }
    this.#filter = filter;
  }

  get(unit: string): Evaluation | undefined {
    const filter = this.#filter;
    const hash = xxh32(unit, 0);
    const bits = bitsOf(hash);
    if (((filter[hash & (filter.length - 1)] ?? 0) & bits) !== bits) return undefined;
    return this.#answers.get(unit);
  }
}

/** Two bits by the upper part of the hash, whose lower part says in which word. */
function bitsOf(hash: number): number {
  return (1 << (hash >>> 27)) | (1 << ((hash >>> 22) & 31));
}
