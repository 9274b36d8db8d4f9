import { type FlagImpact, formatCount, type StageImpact } from '@sluice/analysis';
import { flagNotes, stageNotes } from './notes.ts';
import { type Paint, painter, withoutControls } from './paint.ts';
import { candidateTable } from './terminal-table.ts';
import { formatTime } from './time.ts';
import { wrapText } from './wrap-text.ts';

export interface TerminalReportOptions {
  /** Whether to write ANSI colours; the caller knows where the text goes. */
  readonly color: boolean;
  /**
   * Columns to fit into. Text wraps at any width; a table needs 90 or so, with variant names wrapped to ten characters.
   *
   * @default 100
   */
  readonly width?: number;
}

const DECISION_STYLE = { promote: 'green', hold: 'yellow', rollback: 'red' } as const;

/** What one flag did, as text for a terminal: per stage and candidate a table, the verdict, and its reasons. */
export function terminalReport(impact: FlagImpact, options: TerminalReportOptions): string {
  const { color, width = 100 } = options;
  const paint = painter(color);
  const { from, to } = impact.window;
  const lines = [
    `${paint('bold', withoutControls(impact.flag))}  ${paint('gray', `${formatTime(from)} to ${formatTime(to)}`)}`,
  ];
  for (const note of flagNotes(impact)) lines.push(...wrapText(note, width));
  if (impact.stages.length === 0) lines.push('Nothing was recorded in this window.');
  for (const stage of impact.stages) lines.push('', ...stageLines(impact, stage, paint, width));
  return `${lines.join('\n')}\n`;
}

function stageLines(impact: FlagImpact, stage: StageImpact, paint: Paint, width: number): readonly string[] {
  const name = stage.stage === '' ? 'Outside of any rollout' : `Stage ${withoutControls(stage.stage)}`;
  const lines = [
    `${paint('bold', name)}  ${paint('gray', `${formatTime(stage.firstAt)} to ${formatTime(stage.lastAt)}`)}`,
  ];
  for (const candidate of stage.candidates) {
    const { decision, reasons } = candidate.verdict;
    lines.push(candidateTable(impact.metrics, candidate, stage.control, paint, width));
    lines.push(
      `${paint(['bold', DECISION_STYLE[decision]], decision.toUpperCase())} ${withoutControls(candidate.figures.variant)}`,
    );
    for (const reason of reasons) lines.push(...wrapText(reason, width, '  - ', '    '));
    lines.push('');
  }
  if (stage.candidates.length > 0) {
    for (const note of stageNotes(stage)) {
      const text = wrapText(note, width);
      lines.push(...(stage.sampleRatio.status === 'mismatch' ? text.map((line) => paint('red', line)) : text));
    }
  }
  for (const { variant, units, runs } of stage.uncompared) {
    const sizes = `${formatCount(units)} units, ${formatCount(runs)} runs`;
    lines.push(...wrapText(`Not compared: ${variant}, ${sizes}.`, width));
  }
  return lines;
}
