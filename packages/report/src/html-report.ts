import type { FlagImpact } from '@sluice/analysis';
import { escapeHtml } from './escape-html.ts';
import { stageSection } from './html-stage.ts';
import { PAGE_STYLE } from './html-style.ts';
import { flagNotes } from './notes.ts';
import { formatTime } from './time.ts';

export interface HtmlReportOptions {
  /** @default 'Rollout report' */
  readonly title?: string;
}

const HOW_TO_READ = [
  'A difference is candidate minus control. Every number is clustered by unit: the runs of one unit are never counted as independent.',
  'In the plots the shaded zone is a loss beyond the margin. A gate passes where such a loss is ruled out, and fails where the candidate is worse beyond chance.',
  'Verdicts hold for one look at the end of a window that was planned beforehand; to look daily and stop at the first difference finds one between identical variants in about one case of five.',
];

/**
 * One HTML file that needs nothing else: no network, no script; plots are inline SVG, each beside the table of its
 * numbers. The same impacts always give the same text.
 */
export async function htmlReport(impacts: readonly FlagImpact[], options: HtmlReportOptions = {}): Promise<string> {
  const title = escapeHtml(options.title ?? 'Rollout report');
  const flags: string[] = [];
  for (const [index, impact] of impacts.entries()) flags.push(await flagSection(impact, `flag-${index}`));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Nothing is loaded and nothing runs, whatever a name in the data may look like.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${title}</h1>`,
    ...flags,
    `<footer>${HOW_TO_READ.map((sentence) => `<p>${sentence}</p>`).join('\n')}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

async function flagSection(impact: FlagImpact, id: string): Promise<string> {
  const stages: string[] = [];
  for (const [index, stage] of impact.stages.entries())
    stages.push(await stageSection(impact, stage, `${id}-${index}`));
  return [
    '<section>',
    `<h2>${escapeHtml(impact.flag)}</h2>`,
    `<p class="muted">${formatTime(impact.window.from)} to ${formatTime(impact.window.to)}</p>`,
    ...flagNotes(impact).map((note) => `<p class="muted">${escapeHtml(note)}</p>`),
    ...(stages.length === 0 ? ['<p>Nothing was recorded in this window.</p>'] : stages),
    '</section>',
  ].join('\n');
}
