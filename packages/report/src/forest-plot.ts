import { formatSize } from '@sluice/analysis';
import type { EChartsOption } from 'echarts';
import type { MetricRow } from './metric-row.ts';
import { ink, PLOT_FONT, type Plot } from './plot.ts';

const WIDTH = 860;
const LEFT = 150;
const RIGHT = 230;
const TOP = 30;
const ROW = 66;

/** From here on a row is the plot of one difference; the others have nothing to draw. */
interface DrawnRow extends MetricRow {
  readonly estimate: NonNullable<MetricRow['estimate']>;
}

/**
 * Every difference with its interval, each metric on an axis of its own unit: the line at zero, the margin, and the zone
 * beyond it where the loss is more than the margin allows. `null` where there is no difference to draw.
 */
export function forestPlot(rows: readonly MetricRow[], candidate: string, control: string): Plot | null {
  const drawn = rows.filter((row): row is DrawnRow => row.estimate !== null);
  if (drawn.length === 0) return null;
  const option: EChartsOption = {
    textStyle: { fontFamily: PLOT_FONT },
    title: [
      heading(LEFT, `${candidate} minus ${control}`, 'left', WIDTH - LEFT - RIGHT - 70),
      heading(WIDTH - RIGHT + 20, 'difference and interval', 'left', RIGHT - 20),
      ...drawn.flatMap((row, index) => rowTexts(row, index)),
    ],
    grid: drawn.map((_, index) => ({ left: LEFT, right: RIGHT, top: TOP + index * ROW, height: ROW - 30 })),
    xAxis: drawn.map((row, index) => xAxis(row, index)),
    yAxis: drawn.map((_, index) => ({ type: 'value', gridIndex: index, min: -1, max: 1, show: false })),
    series: drawn.flatMap((row, index) => rowSeries(row, index)),
  };
  const description = drawn.map(({ label, difference, interval, margin, status }) => {
    return `${label}: ${difference}, interval ${interval}, margin ${margin}, ${status ?? 'decides nothing'}.`;
  });
  return {
    option,
    width: WIDTH,
    height: TOP + drawn.length * ROW,
    title: `Differences of ${candidate} from ${control} with their intervals`,
    description: description.join(' '),
  };
}

function heading(left: number, text: string, textAlign: 'left' | 'right', width: number) {
  return {
    left,
    top: 0,
    text,
    textAlign,
    textStyle: { ...textStyle(ink.muted, 12), width, overflow: 'truncate' as const },
  };
}

function textStyle(color: string, fontSize: number, fontWeight: 'normal' | 600 = 'normal') {
  return { color, fontSize, fontWeight, fontFamily: PLOT_FONT };
}

function rowTexts({ label, difference, interval, margin, status }: DrawnRow, index: number) {
  const top = TOP + index * ROW;
  const width = LEFT - 24;
  const below = status === null ? 'decides nothing' : `margin ${margin}`;
  return [
    {
      left: LEFT - 18,
      top: top - 4,
      text: label,
      subtext: below,
      itemGap: 3,
      textAlign: 'right' as const,
      textStyle: { ...textStyle(ink.text, 14, 600), width, overflow: 'truncate' as const },
      subtextStyle: textStyle(ink.muted, 12),
    },
    {
      left: WIDTH - RIGHT + 20,
      top: top - 4,
      text: difference,
      subtext: interval,
      itemGap: 3,
      textStyle: textStyle(rowColor(status), 14, 600),
      subtextStyle: textStyle(ink.muted, 12),
    },
  ];
}

function rowColor(status: MetricRow['status']): string {
  return status === null || status === 'missing' ? ink.muted : ink[status];
}

/** Where the margin is drawn: on the side of the loss. */
function marginLine({ definition, estimate }: DrawnRow): number | null {
  if (estimate.margin === null) return null;
  return definition.better === 'higher' ? -estimate.margin : estimate.margin;
}

/** The axis' ends: all that is drawn, zero included, and some room around it. */
function extent(row: DrawnRow): readonly [number, number] {
  const { estimate, low, high } = row.estimate;
  const drawn = [0, estimate, low ?? estimate, high ?? estimate, marginLine(row) ?? 0];
  const [least, most] = [Math.min(...drawn), Math.max(...drawn)];
  const room = (most - least || 1) * 0.12;
  return [least - room, most + room];
}

function xAxis(row: DrawnRow, index: number) {
  const [min, max] = extent(row);
  const magnitude = Math.max(-min, max);
  const sign = (value: number) => (value > 0 ? '+' : value < 0 ? '-' : '');
  return {
    type: 'value' as const,
    gridIndex: index,
    min,
    max,
    splitNumber: 4,
    axisLine: { show: true, lineStyle: { color: ink.line } },
    axisTick: { show: true, lineStyle: { color: ink.line } },
    splitLine: { show: false },
    axisLabel: {
      color: ink.muted,
      fontSize: 11,
      // The ends are where the data happens to end, not round numbers.
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number) => sign(value) + formatSize(Math.abs(value), row.definition, magnitude),
    },
  };
}

function rowSeries(row: DrawnRow, index: number) {
  const { estimate, low, high } = row.estimate;
  const color = rowColor(row.status);
  const margin = marginLine(row);
  const [min, max] = extent(row);
  const beyond = row.definition.better === 'higher' ? min : max;
  const place = { xAxisIndex: index, yAxisIndex: index, silent: true, clip: false };
  const upright = (xAxis: number, type: 'solid' | 'dashed', lineColor: string) => ({
    xAxis,
    label: { show: false },
    lineStyle: { type, color: lineColor, width: 1 },
  });
  const marks = {
    markLine: {
      silent: true,
      symbol: 'none',
      // Rounds where the lines stand, and to two decimals if not told otherwise.
      precision: 15,
      data: [upright(0, 'solid', ink.muted), ...(margin === null ? [] : [upright(margin, 'dashed', ink.fail)])],
    },
    ...(margin !== null && {
      markArea: {
        silent: true,
        itemStyle: { color: ink.zone, opacity: 1 },
        data: [[{ xAxis: Math.min(margin, beyond) }, { xAxis: Math.max(margin, beyond) }]] as [object, object][],
      },
    }),
  };
  const whiskers =
    low === null || high === null
      ? []
      : [
          [low, 0],
          [high, 0],
        ];
  return [
    {
      ...place,
      ...marks,
      type: 'line' as const,
      data: whiskers,
      symbol: 'rect',
      symbolSize: [2, 12],
      showSymbol: true,
      lineStyle: { color, width: 3 },
      itemStyle: { color, opacity: 1 },
    },
    { ...place, type: 'scatter' as const, data: [[estimate, 0]], symbolSize: 11, itemStyle: { color, opacity: 1 } },
  ];
}
