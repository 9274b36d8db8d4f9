import { type Hash, xxh32 } from './hash.ts';
import { compareUtf8 } from './utf8.ts';

/**
 * A unit's position is a 32-bit hash, so there are 2^32 of them and none is favoured, as a modulo would favour low ones.
 * Every boundary is a count of positions; the last is 2^32 itself, so no unit falls through.
 */
export const POSITIONS: number = 2 ** 32;

/**
 * Where a salt puts a unit. Two seeds: whether a unit enters a rollout says nothing about its place in the split, so a
 * larger percentage brings new units into every variant in the same proportions and moves none between variants.
 */
export interface Seeds {
  readonly enter: number;
  readonly split: number;
}

/** `sluice-1`: the seeds are the hashes of `enter:SALT` and `split:SALT` with seed 0. */
export function seedsOf(salt: string): Seeds {
  return { enter: xxh32(`enter:${salt}`, 0), split: xxh32(`split:${salt}`, 0) };
}

/** `sluice-1`: a unit is a string that is not empty, or a safe integer, which is hashed as its digits. */
export function unitOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** `sluice-1`: the hash of the unit alone, seeded. Joining salt and unit first would cost more than hashing them. */
export function positionOf(unit: string, seed: number, hash: Hash): number {
  return hash(unit, seed);
}

/** `sluice-1`: a unit enters below this position. It never falls as the percentage grows, so a ramp only adds units. */
export function enterBelow(percentage: number): number {
  return Math.floor((percentage / 100) * POSITIONS);
}

/** One part of a split: the units at positions below `below` and not below the part before. */
export interface Part {
  readonly variant: string;
  readonly below: number;
  /** Its share of the units that enter, 0 to 1. */
  readonly share: number;
}

/**
 * `sluice-1`: weights cumulate in byte order of the variants' names, because the order of keys in JSON means nothing.
 * Boundary i is floor(cumulated weight / total · 2^32). A variant of weight 0 has no part.
 */
export function splitParts(split: Readonly<Record<string, number>>): readonly Part[] {
  const variants = Object.keys(split)
    .filter((variant) => split[variant] !== 0)
    .sort(compareUtf8);
  const total = variants.reduce((sum, variant) => sum + (split[variant] ?? 0), 0);
  let cumulated = 0;
  return variants.map((variant, index) => {
    const weight = split[variant] ?? 0;
    cumulated += weight;
    // The sum of the weights may miss the total by a rounding; the last boundary may not.
    const below = index === variants.length - 1 ? POSITIONS : Math.floor((cumulated / total) * POSITIONS);
    return { variant, below, share: weight / total };
  });
}

/** Index of the part that holds this position. Splits are short, so a walk beats a binary search. */
export function partAt(parts: readonly Part[], position: number): number {
  let index = 0;
  while (index < parts.length - 1 && position >= (parts[index] as Part).below) index++;
  return index;
}
