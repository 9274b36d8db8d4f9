export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle half of the values. */
function middleHalf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[Math.floor((sorted.length - 1) / 4)], sorted[Math.ceil(((sorted.length - 1) * 3) / 4)]];
}

/** `a` over `b`, round by round: each ratio is of two times that were taken within a moment of each other. */
export function ratioOf(a, b) {
  const each = a.map((value, round) => value / b[round]);
  return { ratio: median(each), middleHalf: middleHalf(each) };
}
