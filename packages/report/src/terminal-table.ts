import { type ArmFigures, type CandidateImpact, type FlagImpact, formatCount, type GateStatus } from '@sluice/analysis';
import Table from 'cli-table3';
import { metricRows, NOTHING } from './metric-row.ts';
import { type Paint, withoutControls } from './paint.ts';

const STATUS_STYLE = { pass: 'green', fail: 'red', undecided: 'yellow', missing: 'gray' } as const;

/** Of a cell, left and right. */
const PADDING = 2;

/** A variant's name is never squeezed below this. */
const NARROWEST_ARM = 10;

/** The control and one candidate side by side, metric by metric. */
export function candidateTable(
  metrics: FlagImpact['metrics'],
  candidate: CandidateImpact,
  control: ArmFigures | undefined,
  paint: Paint,
  width: number,
): string {
  const confidence = Math.round(100 * candidate.verdict.confidence);
  const head = [
    '',
    control?.variant ?? NOTHING,
    candidate.figures.variant,
    'difference',
    `${confidence}% interval`,
    'margin',
    'gate',
  ];
  const count = (name: string, pick: (figures: ArmFigures) => number) => {
    const cells = [control, candidate.figures].map((figures) => (figures ? formatCount(pick(figures)) : NOTHING));
    return [name, ...cells, '', '', '', ''];
  };
  const rows = [
    count('units', (figures) => figures.units),
    count('effective units', (figures) => Math.floor(figures.effectiveUnits)),
    count('runs', (figures) => figures.runs),
    ...metricRows(metrics, candidate, control).map((row) => [
      withoutControls(row.label),
      row.control,
      row.candidate,
      row.difference,
      row.interval,
      row.margin,
      row.status ?? NOTHING,
    ]),
  ];
  const widths = columnWidths([head, ...rows], width);
  const table = new Table({
    // A name is broken here: the table's own wrapping would cut through colour codes.
    head: head.map((name, column) =>
      chunks(withoutControls(name), (widths[column] ?? 0) - PADDING)
        .map((part) => paint('bold', part))
        .join('\n'),
    ),
    colWidths: widths,
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell, column) => (column === 6 ? paintStatus(cell, paint) : cell)));
  return table.toString();
}

function chunks(text: string, size: number): readonly string[] {
  const parts = [text.slice(0, size)];
  for (let start = size; start < text.length; start += size) parts.push(text.slice(start, start + size));
  return parts;
}

function paintStatus(text: string, paint: Paint): string {
  const style = STATUS_STYLE[text as GateStatus];
  return style === undefined ? text : paint(style, text);
}

/** As wide as the text, except that the two variants' columns give way where the table would be too wide. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const natural = (rows[0] ?? []).map(
    (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + PADDING,
  );
  const borders = natural.length + 1;
  const excess = natural.reduce((sum, columnWidth) => sum + columnWidth, borders) - width;
  if (excess <= 0) return natural;
  const [first = 0, second = 0] = [natural[1], natural[2]];
  const share = Math.max(NARROWEST_ARM, Math.floor((first + second - excess) / 2));
  // The shorter name keeps its width; the longer one wraps into what is left.
  const shorter = Math.min(first, second, share);
  const longer = Math.max(NARROWEST_ARM, first + second - excess - shorter);
  return natural.map((columnWidth, column) =>
    column === 1 || column === 2 ? Math.min(columnWidth, columnWidth <= shorter ? shorter : longer) : columnWidth,
  );
}
