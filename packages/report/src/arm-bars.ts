import { type ArmFigures, type FlagImpact, formatValue, metricLabel } from '@sluice/analysis';
import type { EChartsOption } from 'echarts';
import { ink, PLOT_FONT, type Plot } from './plot.ts';

const WIDTH = 860;
const COLUMNS = 2;
const BAR = 26;

/** The arms beside each other, one small chart per metric that any of them recorded; the first arm is the control. */
export function armBars(metrics: FlagImpact['metrics'], arms: readonly ArmFigures[]): Plot | null {
  const recorded = Object.entries(metrics).filter(([metric]) =>
    arms.some((arm) => typeof arm.values[metric] === 'number'),
  );
  if (recorded.length === 0) return null;
  const cellHeight = 34 + arms.length * BAR + 12;
  const cellWidth = WIDTH / COLUMNS;
  const place = (index: number) => ({ column: index % COLUMNS, row: Math.floor(index / COLUMNS) });
  const option: EChartsOption = {
    textStyle: { fontFamily: PLOT_FONT },
    title: recorded.map(([metric, definition], index) => ({
      text: metricLabel(metric, definition),
      left: place(index).column * cellWidth,
      top: place(index).row * cellHeight,
      textStyle: { color: ink.text, fontSize: 13, fontWeight: 600, fontFamily: PLOT_FONT },
    })),
    grid: recorded.map((_, index) => ({
      left: place(index).column * cellWidth + 120,
      top: place(index).row * cellHeight + 28,
      width: cellWidth - 120 - 90,
      height: arms.length * BAR,
    })),
    xAxis: recorded.map((_, index) => ({ type: 'value', gridIndex: index, show: false })),
    yAxis: recorded.map((_, index) => ({
      type: 'category',
      gridIndex: index,
      inverse: true,
      data: arms.map((arm) => arm.variant),
      axisLine: { show: true, lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { color: ink.muted, fontSize: 12, width: 90, overflow: 'truncate' },
    })),
    series: recorded.map(([metric, definition], index) => ({
      type: 'bar',
      xAxisIndex: index,
      yAxisIndex: index,
      silent: true,
      barWidth: 14,
      data: arms.map((arm, position) => ({
        value: arm.values[metric] ?? 0,
        itemStyle: { color: position === 0 ? ink.control : ink.candidate },
        label: { formatter: armText(arm, metric, definition) },
      })),
      label: { show: true, position: 'right', color: ink.text, fontSize: 12 },
    })),
  };
  const description = recorded.map(([metric, definition]) => {
    const values = arms.map((arm) => `${arm.variant} ${armText(arm, metric, definition)}`);
    return `${metricLabel(metric, definition)}: ${values.join(', ')}.`;
  });
  return {
    option,
    width: WIDTH,
    height: Math.ceil(recorded.length / COLUMNS) * cellHeight,
    title: `Each metric of ${arms.map((arm) => arm.variant).join(', ')}`,
    description: description.join(' '),
  };
}

function armText(arm: ArmFigures, metric: string, definition: Parameters<typeof formatValue>[1]): string {
  const value = arm.values[metric] ?? null;
  return value === null ? 'not recorded' : formatValue(value, definition);
}
