import type { Range } from './json-shapes.ts';

/** `getBucketRanges`: side by side by weight, each filled from its start up to the coverage. Its rounding is part of it. */
export function bucketRanges(
  count: number,
  coverage: number,
  weights: readonly number[] | undefined,
): readonly Range[] {
  const share = Math.min(Math.max(coverage, 0), 1);
  let start = 0;
  return usedWeights(count, weights).map((weight): Range => {
    const from = start;
    start += weight;
    return [from, from + share * weight];
  });
}

/** Weights that are too few, too many, or don't add up to about 1 count as equal ones. */
export function usedWeights(count: number, weights: readonly number[] | undefined): readonly number[] {
  const equal = Array.from({ length: count }, () => 1 / count);
  if (weights === undefined || weights.length !== count) return equal;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total < 0.99 || total > 1.01 ? equal : weights;
}

export interface Piece {
  /** Index of the range. */
  readonly index: number;
  readonly range: Range;
}

/** What each range gets where they overlap and the first counts. */
export function pieces(ranges: readonly Range[]): readonly Piece[] {
  const ends = [...new Set([0, 1, ...ranges.flat()])].filter((end) => end >= 0 && end <= 1).sort((a, b) => a - b);
  const found: Piece[] = [];
  for (const [position, from] of ends.entries()) {
    const below = ends[position + 1];
    const index = ranges.findIndex((range) => from >= range[0] && from < range[1]);
    if (below === undefined || index < 0) continue;
    const last = found.at(-1);
    const joined = last?.index === index && last.range[1] === from;
    if (joined) found.pop();
    found.push({ index, range: [joined ? last.range[0] : from, below] });
  }
  return found;
}
