import { type ArmFigures, type FlagImpact, formatCount, metricLabel } from '@sluice/analysis';
import { escapeHtml } from './escape-html.ts';
import { type MetricRow, NOTHING, valueText } from './metric-row.ts';

/** The numbers of a forest plot. */
export function differencesTable(
  rows: readonly MetricRow[],
  candidate: string,
  control: string,
  confidence: number,
): string {
  const head = [
    'Metric',
    control,
    candidate,
    'Difference',
    `${Math.round(100 * confidence)}% interval`,
    'Margin',
    'Gate',
  ];
  const body = rows.map((row) => [
    escapeHtml(row.label),
    ...[row.control, row.candidate, row.difference, row.interval, row.margin].map(escapeHtml),
    row.status === null ? NOTHING : `<span class="status ${row.status}">${row.status}</span>`,
  ]);
  return table(`${candidate} against ${control}, metric by metric`, head, body);
}

/** The numbers of the arms: how many they are, and what each metric is. */
export function armsTable(
  metrics: FlagImpact['metrics'],
  arms: readonly { readonly role: string; readonly figures: ArmFigures }[],
): string {
  const recorded = Object.entries(metrics).filter(([metric]) =>
    arms.some(({ figures }) => typeof figures.values[metric] === 'number'),
  );
  const head = [
    'Variant',
    'Arm',
    'Exposed',
    'Units',
    'Effective units',
    'Runs',
    ...recorded.map(([metric, definition]) => metricLabel(metric, definition)),
  ];
  const body = arms.map(({ role, figures }) => [
    escapeHtml(figures.variant),
    role,
    ...[figures.exposedUnits, figures.units, Math.floor(figures.effectiveUnits), figures.runs].map(formatCount),
    ...recorded.map(([metric, definition]) => escapeHtml(valueText(figures.values[metric] ?? null, definition))),
  ]);
  return table('Arms of this stage', head, body);
}

/** Head cells are text; body cells are HTML already. */
function table(caption: string, head: readonly string[], body: readonly (readonly string[])[]): string {
  const headRow = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const rows = body.map(([first = '', ...rest]) => {
    return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return (
    `<div class="scroll"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${headRow}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
  );
}
