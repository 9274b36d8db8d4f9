import type { MetricDefinition } from '@sluice/core';

type Margin = NonNullable<MetricDefinition['margin']>;

/** `0.1` for `10%`; `null` for a margin in the metric's own unit. */
export function marginShare(margin: Margin): number | null {
  return typeof margin === 'string' ? Number(margin.slice(0, -1)) / 100 : null;
}

/** What the candidate may lose, in the metric's own unit. */
export function marginValue(margin: Margin, controlValue: number): number {
  return typeof margin === 'string' ? (marginShare(margin) ?? 0) * Math.abs(controlValue) : margin;
}
