import { printable } from './printable.ts';

/** Columns as wide as what is in them; those in `right` end together. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const printed = rows.map((row) => row.map(printable));
  const widths = (printed[0] ?? []).map((_, column) => Math.max(...printed.map((row) => row[column]?.length ?? 0)));
  return printed
    .map((row) =>
      row
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
