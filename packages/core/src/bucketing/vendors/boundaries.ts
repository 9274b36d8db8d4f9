/** The sums of the first weight, the first two, and so on, added in order as the vendors add: rounding is part of the result. */
export function runningSums(weights: readonly number[]): readonly number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** Boundaries of which the last is never reached, so that its part takes whatever is left. */
export function withRestToLast(boundaries: readonly number[]): readonly number[] {
  return boundaries.map((boundary, index) => (index === boundaries.length - 1 ? Number.POSITIVE_INFINITY : boundary));
}

/** Index of the part that a place is in; -1 where it is past them all. */
export function partBelow(boundaries: readonly number[], place: number): number {
  for (let index = 0; index < boundaries.length; index++) {
    if (place < (boundaries[index] as number)) return index;
  }
  return -1;
}

/** As `partBelow`, where a part has its boundary as well. */
export function partUpTo(boundaries: readonly number[], place: number): number {
  for (let index = 0; index < boundaries.length; index++) {
    if (place <= (boundaries[index] as number)) return index;
  }
  return -1;
}

/** The parts' shares of a scale that is larger than 0. What lies past its end is cut off. */
export function sharesOf(boundaries: readonly number[], scale: number): readonly number[] {
  let reached = 0;
  return boundaries.map((boundary) => {
    const start = reached;
    reached = Math.min(boundary / scale, 1);
    return reached - start;
  });
}
