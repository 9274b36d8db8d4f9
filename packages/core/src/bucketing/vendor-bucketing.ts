import type { SplitPart } from '../document/rollout.ts';

/**
 * How a vendor's Node SDK spreads units, to the last bit: its own text encoding, rounding and comparison. Pure, and nothing
 * is cleaned up on the way, because a unit that is placed better than the vendor placed it is a unit that moves.
 */
export interface VendorBucketing {
  /**
   * The text that the vendor hashes of what an attribute holds; `undefined` where it finds no unit in it.
   * @param purpose entering a rollout, or choosing in its split
   * @param alone whether the rollout reads one attribute, and not the first that is there of several
   */
  unitOf(value: unknown, purpose: 'enter' | 'split', alone: boolean): string | undefined;
  /** Where a unit is, from 0 up to and without `scale`. */
  place(salt: string, unit: string): number;
  readonly scale: number;
  /** Where a unit is that has no text; `undefined`: in no bucket. */
  readonly placeWithoutUnit: number | undefined;
  /** Units enter below this place. 0 where nobody enters, `scale` where everybody does. */
  enterBelow(percentage: number): number;
  /** Whether the percentage may be other than 100: some vendors only split. */
  readonly percentages: boolean;
  /** Whether a context without a unit enters. `everyone`: the percentage lets everybody in. */
  entersWithoutUnit(everyone: boolean, alone: boolean): boolean;
  compileSplit(parts: readonly SplitPart[]): VendorSplit;
}

export interface VendorSplit {
  /** By part: its share of the units that enter, 0 to 1. They add up to less than 1 where some units get no part. */
  readonly shares: readonly number[];
  /** Index of the part that a unit gets; -1 where it gets none, and so has not entered. */
  choose(salt: string, unit: string | undefined): number;
}
