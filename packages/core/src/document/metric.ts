/** What the outcomes of one metric mean, and by how much a candidate may be worse. */
export interface MetricDefinition {
  /** `mean` of the outcomes (a rate is the mean of zeros and ones), or their 95th percentile. */
  readonly aggregate: 'mean' | 'p95';
  readonly better: 'higher' | 'lower';
  /** Smallest and largest value that an outcome can have. */
  readonly range?: readonly [number, number];
  /** Unit of measurement, such as `ms`. */
  readonly measuredIn?: string;
  /**
   * What a candidate may lose and still count as no worse: a number in the metric's own unit, or a share of the
   * control's value such as `10%`. A metric without a margin informs and decides nothing.
   */
  readonly margin?: number | `${number}%`;
}

/** The metrics that need no definition. A document's `metrics` replace these by name. */
export const defaultMetrics: Readonly<Record<string, MetricDefinition>> = Object.freeze({
  quality: { aggregate: 'mean', better: 'higher', range: [0, 1], margin: 0.02 },
  latency: { aggregate: 'p95', better: 'lower', measuredIn: 'ms', margin: '10%' },
  cost: { aggregate: 'mean', better: 'lower', measuredIn: 'USD', margin: '10%' },
  errors: { aggregate: 'mean', better: 'lower', range: [0, 1], margin: 0.01 },
  ttft: { aggregate: 'p95', better: 'lower', measuredIn: 'ms' },
  tokens: { aggregate: 'mean', better: 'lower' },
  feedback: { aggregate: 'mean', better: 'higher', range: [-1, 1] },
});
