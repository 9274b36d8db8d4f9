import type { MetricDefinition } from '@sluice/core';

/** How amounts of one metric and magnitude are written: 0.0253 ms as `25.3 µs`, 0.021 of a rate as `2.1%`. */
interface Notation {
  readonly factor: number;
  readonly prefix: string;
  readonly suffix: string;
}

function notationOf(definition: MetricDefinition, magnitude: number, isDifference: boolean): Notation {
  const { measuredIn, range } = definition;
  if (measuredIn === 'ms') {
    if (magnitude > 0 && magnitude < 1) return { factor: 1000, prefix: '', suffix: ' µs' };
    return magnitude < 10_000 ? { factor: 1, prefix: '', suffix: ' ms' } : { factor: 0.001, prefix: '', suffix: ' s' };
  }
  if (measuredIn === 'USD') return { factor: 1, prefix: '$', suffix: '' };
  if (measuredIn !== undefined) return { factor: 1, prefix: '', suffix: ` ${measuredIn}` };
  const isRate = range?.[0] === 0 && range[1] === 1;
  // The difference of two percentages is in percentage points; written as % it would read as a relative change.
  return isRate
    ? { factor: 100, prefix: '', suffix: isDifference ? ' pp' : '%' }
    : { factor: 1, prefix: '', suffix: '' };
}

/** Decimals that show `digits` significant digits of an amount. */
function decimalsFor(amount: number, digits: number): number {
  if (amount === 0) return 0;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(amount))), 0), 20);
}

function write(amount: number, decimals: number, signed: boolean): string {
  return amount.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
}

/** A metric's value with three significant digits and its unit: `78.1%`, `812 ms`, `$0.00123`. */
export function formatValue(value: number, definition: MetricDefinition): string {
  const { factor, prefix, suffix } = notationOf(definition, Math.abs(value), false);
  const text = write(Math.abs(value * factor), decimalsFor(value * factor, 3), false);
  return `${value < 0 ? '-' : ''}${prefix}${text}${suffix}`;
}

/**
 * A size without a sign, such as a margin or a detectable loss, as short as three significant digits allow: `2 pp`.
 *
 * @param magnitude the largest of the sizes that are read together, so that all get the same unit
 */
export function formatSize(size: number, definition: MetricDefinition, magnitude: number = size): string {
  const { factor, prefix, suffix } = notationOf(definition, magnitude, true);
  return `${prefix}${(size * factor).toLocaleString('en-US', { maximumSignificantDigits: 3 })}${suffix}`;
}

/** What a difference and its interval look like, all to the same decimal: `+2.1 pp` and `[+0.9, +3.3]`. */
export interface DifferenceText {
  readonly difference: string;
  /** `null` where there is no interval. */
  readonly interval: string | null;
}

/** Two significant digits of half the interval's width: more would pretend to know what the interval denies. */
export function formatDifference(
  { estimate, low, high }: { readonly estimate: number; readonly low: number | null; readonly high: number | null },
  definition: MetricDefinition,
): DifferenceText {
  const magnitude = Math.max(Math.abs(estimate), Math.abs(low ?? 0), Math.abs(high ?? 0));
  const { factor, prefix, suffix } = notationOf(definition, magnitude, true);
  const halfWidth = low === null || high === null ? 0 : ((high - low) / 2) * factor;
  const decimals = halfWidth > 0 ? decimalsFor(halfWidth, 2) : decimalsFor(estimate * factor, 3);
  const signed = (amount: number) => write(amount * factor, decimals, true);
  const difference = signed(estimate).replace(/^[+-]?/, (sign) => sign + prefix) + suffix;
  return { difference, interval: low === null || high === null ? null : `[${signed(low)}, ${signed(high)}]` };
}

/** A whole number with thousands marked: `3,987`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** `p = 0.031`, or `p < 0.0001`. */
export function formatPValue(probability: number): string {
  if (probability < 0.0001) return 'p < 0.0001';
  return `p = ${probability.toLocaleString('en-US', { maximumSignificantDigits: 2 })}`;
}

/** What a person calls a metric: `p95 latency`, `quality`. */
export function metricLabel(metric: string, definition: MetricDefinition): string {
  return definition.aggregate === 'p95' ? `p95 ${metric}` : metric;
}
