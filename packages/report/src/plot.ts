import type { EChartsOption } from 'echarts';
import { escapeHtml } from './escape-html.ts';

/** Something to draw, and how to say it to those who cannot see it. */
export interface Plot {
  readonly option: EChartsOption;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The plot's numbers as text. */
  readonly description: string;
}

/** The page's colours by name: an SVG that names them follows the page from light to dark. */
export const ink = {
  text: 'var(--text)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  zone: 'var(--zone)',
  control: 'var(--control)',
  candidate: 'var(--candidate)',
  pass: 'var(--good)',
  fail: 'var(--bad)',
  undecided: 'var(--doubt)',
} as const;

export const PLOT_FONT = 'system-ui, sans-serif';

/** Draws on the server; `id` is unique on the page. The same plot always gives the same text. */
export async function renderPlot(plot: Plot, id: string): Promise<string> {
  // Loaded here, so that whoever prints a table or JSON never pays for a chart library.
  const { init } = await import('echarts');
  const { width, height, option, title, description } = plot;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const drawing = chart
      .renderToSVGString()
      .replace(/^<svg [^>]*>/, '')
      .replace(/<\/svg>\s*$/, '')
      // Hover styles for a live chart: without a script they do nothing, and their names count up from chart to chart.
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*")/g, '')
      // The boxes behind texts: nothing of them shows.
      .replace(/<path [^>]*fill-opacity="0"[^>]* stroke-width="0"><\/path>\n?/g, '')
      .replace(/(id="|url\(#|href="#)zr\d+-/g, `$1${id}-`);
    return (
      `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">` +
      `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-desc">${escapeHtml(description)}</desc>` +
      `${drawing.trim()}</svg>`
    );
  } finally {
    chart.dispose();
  }
}
