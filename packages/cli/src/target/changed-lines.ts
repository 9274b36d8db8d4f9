export interface ChangedLine {
  /** `-` is in the first text alone, `+` in the second alone. */
  readonly mark: '-' | '+';
  /** Number of the line in its own text, from 1. */
  readonly line: number;
  readonly text: string;
}

/** Pairs of lines that are compared at most; beyond, all lines between the first and the last difference count as changed. */
const MOST_PAIRS = 4_000_000;

/** The lines that two texts don't share, in order. */
export function changedLines(first: string, second: string): readonly ChangedLine[] {
  const [left, right] = [linesOf(first), linesOf(second)];
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start++;
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const before = left.slice(start, left.length - end);
  const after = right.slice(start, right.length - end);
  const common = commonLengths(before, after);
  const changed: ChangedLine[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (before[i] === after[j] && common(i, j) > 0) {
      i++;
      j++;
    } else if (j === after.length || (i < before.length && common(i + 1, j) >= common(i, j + 1))) {
      changed.push({ mark: '-', line: start + i + 1, text: before[i] ?? '' });
      i++;
    } else {
      changed.push({ mark: '+', line: start + j + 1, text: after[j] ?? '' });
      j++;
    }
  }
  return changed;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** How many lines the texts from their lines i and j on have in common: the longest common subsequence. */
function commonLengths(left: readonly string[], right: readonly string[]): (i: number, j: number) => number {
  if (left.length * right.length > MOST_PAIRS) return () => 0;
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
