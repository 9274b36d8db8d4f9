import type { MetricDefinition } from '../document/metric.ts';
import type { Arm } from '../evaluation/evaluation.ts';

/** What to summarise. Times are integer milliseconds since the epoch; `from` is included, `to` is not. */
export interface SummaryQuery {
  /** @default every flag */
  readonly flag?: string;
  readonly from: number;
  readonly to: number;
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
}

/**
 * Sufficient statistics of one flag, stage, variant and arm, clustered by unit: the unit of randomisation is the unit
 * of analysis, so no number here treats two runs of one unit as independent.
 */
export interface Summary {
  readonly flag: string;
  readonly stage: string;
  readonly variant: string;
  readonly arm: Arm;
  /** Units exposed in the window: what a sample-ratio check counts. */
  readonly exposedUnits: number;
  /** The share of all units that this arm was given, as its exposures say: what a sample-ratio check expects. */
  readonly share?: number;
  /** Units with at least one outcome in the window. */
  readonly units: number;
  /** Runs with at least one outcome in the window. */
  readonly runs: number;
  /** First and last record, ms since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
}

/**
 * Per unit i, let N_i be its outcomes of the metric and S_i their sum. The moments add up over units, so two summaries
 * of different units merge by addition, and any residual S_i - r N_i has a known sum of squares.
 */
export interface UnitMoments {
  /** Units with at least one outcome of the metric. */
  readonly units: number;
  /** Sum of N_i. */
  readonly n: number;
  /** Sum of S_i. */
  readonly sum: number;
  /** Sum of N_i squared. */
  readonly nn: number;
  /** Sum of S_i squared. */
  readonly ss: number;
  /** Sum of N_i times S_i. */
  readonly ns: number;
}

export interface MetricSummary extends UnitMoments {
  /** Only where the metric's aggregate is `p95`. */
  readonly p95?: QuantileSummary;
}

/** Exact quantile of the outcomes of one arm, with what clustered inference on it needs. */
export interface QuantileSummary {
  /** The smallest outcome that at least 95% of the outcomes do not exceed. */
  readonly value: number;
  /** Moments of the number of outcomes above this arm's own `value`: the variance behind its interval. */
  readonly above: UnitMoments;
  /**
   * Outcomes at the ends of the interval of 1.96 clustered standard errors around the level (Woodruff): divide their
   * distance by 2 × 1.96 for a standard error. Infinite ends (`null`) where the arm has too few outcomes.
   */
  readonly low: number | null;
  readonly high: number | null;
  /**
   * For the test between arms: a threshold shared by all arms of the stage (the exact p95 of its candidate and control
   * outcomes together), and moments of the number of outcomes above it.
   */
  readonly shared: { readonly threshold: number; readonly above: UnitMoments };
}

/** What a store read and what it had to leave out. */
export interface SummaryReport {
  readonly summaries: readonly Summary[];
  /** Units seen in two variants of one stage, per flag and stage; they count in the first variant only. */
  readonly crossovers: readonly { readonly flag: string; readonly stage: string; readonly units: number }[];
  /** Lines that could not be read: torn, or of an unknown shape. */
  readonly skippedLines: number;
  /** Records dropped because another with the same identity had come before. */
  readonly duplicates: number;
}
