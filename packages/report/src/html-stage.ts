import type { ArmFigures, CandidateImpact, FlagImpact, StageImpact } from '@sluice/analysis';
import { armBars } from './arm-bars.ts';
import { escapeHtml } from './escape-html.ts';
import { forestPlot } from './forest-plot.ts';
import { armsTable, differencesTable } from './html-tables.ts';
import { metricRows } from './metric-row.ts';
import { stageNotes } from './notes.ts';
import { type Plot, renderPlot } from './plot.ts';
import { formatTime } from './time.ts';

/** One stage: its arms, then a card per candidate. `id` is unique on the page. */
export async function stageSection(impact: FlagImpact, stage: StageImpact, id: string): Promise<string> {
  const { control, candidates, uncompared } = stage;
  const name = stage.stage === '' ? 'Outside of any rollout' : `Stage ${stage.stage}`;
  const compared = [...(control ? [control] : []), ...candidates.map(({ figures }) => figures)];
  const arms = [
    ...(control ? [{ role: 'control', figures: control }] : []),
    ...candidates.map(({ figures }) => ({ role: 'candidate', figures })),
    ...uncompared.map((figures) => ({ role: 'not compared', figures })),
  ];
  const cards: string[] = [];
  for (const [index, candidate] of candidates.entries()) {
    cards.push(await candidateCard(impact.metrics, candidate, control, `${id}-${index}`));
  }
  const notes = candidates.length === 0 ? [] : stageNotes(stage);
  const noteClass = stage.sampleRatio.status === 'mismatch' ? 'warning' : 'muted';
  return [
    '<section class="stage">',
    `<h3>${escapeHtml(name)}</h3>`,
    `<p class="muted">${formatTime(stage.firstAt)} to ${formatTime(stage.lastAt)}</p>`,
    ...notes.map((note) => `<p class="${noteClass}">${escapeHtml(note)}</p>`),
    await figure(armBars(impact.metrics, compared), `${id}-arms`, armsTable(impact.metrics, arms)),
    '</section>',
    ...cards,
  ].join('\n');
}

async function candidateCard(
  metrics: FlagImpact['metrics'],
  candidate: CandidateImpact,
  control: ArmFigures | undefined,
  id: string,
): Promise<string> {
  const { decision, reasons, confidence } = candidate.verdict;
  const [deciding = '', ...others] = reasons;
  const names = [candidate.figures.variant, control?.variant ?? 'no control'] as const;
  const rows = metricRows(metrics, candidate, control);
  return [
    '<section class="candidate">',
    `<h4><span class="badge ${decision}">${decision}</span> ${escapeHtml(names[0])} against ${escapeHtml(names[1])}</h4>`,
    `<p class="deciding">${escapeHtml(deciding)}</p>`,
    await figure(forestPlot(rows, ...names), id, differencesTable(rows, ...names, confidence)),
    others.length === 0
      ? ''
      : `<details open><summary>All reasons</summary><ul>${others.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('\n')}</ul></details>`,
    '</section>',
  ].join('\n');
}

/** A plot and the table with its numbers; the table alone where there is nothing to draw. */
async function figure(plot: Plot | null, id: string, table: string): Promise<string> {
  return plot === null ? table : `<figure>\n${await renderPlot(plot, id)}\n${table}\n</figure>`;
}
