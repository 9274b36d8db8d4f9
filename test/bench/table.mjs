/** Whole numbers with thousands apart, small ones with one digit more; empty where there is none. */
export function number(value) {
  if (value === undefined) return '';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

/** Two cells: the ratio, and between which numbers the middle half of the rounds lay. */
export function ratio({ ratio: middle, middleHalf }) {
  return [factor(middle), middleHalf.map(factor).join(' – ')];
}

function factor(value) {
  return value.toFixed(value < 10 ? 3 : 1);
}

/** The first column is flush left, the others right. */
export function formatTable({ title, columns, rows }) {
  const lines = [['', ...columns], ...rows];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const format = (line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
  return [title, ...lines.map((line) => `  ${format(line)}`)].join('\n');
}

export function formatGoals(goals) {
  const width = Math.max(...goals.map(({ name }) => name.length));
  const lines = goals.map(({ name, measured, relation, limit, passed }) => {
    const verdict = passed ? 'pass' : 'MISS';
    return `  ${verdict}  ${name.padEnd(width)}  ${value(measured)}, to be ${relation} ${limit}`;
  });
  return ['Goals', ...lines].join('\n');
}

const value = (measured) =>
  Number.isInteger(measured) ? String(measured) : measured < 100 ? factor(measured) : number(measured);
