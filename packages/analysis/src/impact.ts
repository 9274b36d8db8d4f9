import type { MetricDefinition } from '@sluice/core';

/** What a flag's variants did to their units in a window of time. */
export interface FlagImpact {
  readonly flag: string;
  /** ms since the epoch; `from` is included, `to` is not. */
  readonly window: { readonly from: number; readonly to: number };
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  /** The one with the latest record first. */
  readonly stages: readonly StageImpact[];
  /** Lines the store could not read, and records it dropped because they came twice. */
  readonly skippedLines: number;
  readonly duplicates: number;
}

/** One comparison: within a stage nothing about the rollout changed. */
export interface StageImpact {
  readonly stage: string;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Absent where the stage compares nobody. */
  readonly control?: ArmFigures;
  readonly candidates: readonly CandidateImpact[];
  /** Variants that were measured and compared with nobody. */
  readonly uncompared: readonly ArmFigures[];
  readonly sampleRatio: SampleRatio;
  /** Units seen in two variants of this stage. */
  readonly crossovers: number;
}

export interface ArmFigures {
  readonly variant: string;
  readonly exposedUnits: number;
  readonly units: number;
  /** (sum N)^2 / sum N^2: how many equally busy units carry as much; one unit can be half of the runs. */
  readonly effectiveUnits: number;
  readonly runs: number;
  /** Metric to mean or p95, whichever its definition asks for; `null` where nothing was recorded. */
  readonly values: Readonly<Record<string, number | null>>;
}

export interface CandidateImpact {
  readonly figures: ArmFigures;
  /** Metric to estimate, for each metric that both arms recorded. */
  readonly estimates: Readonly<Record<string, Estimate>>;
  readonly verdict: Verdict;
}

/**
 * Candidate minus control, in the metric's own unit. `low`, `high`, `standardError` and `detectable` are `null`, all
 * four, where an arm has too few units or outcomes to bound the difference at all.
 */
export interface Estimate {
  readonly estimate: number;
  /** The interval's ends, at the confidence that `Verdict` names. */
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
  /** What the candidate may lose, in the metric's own unit; `null` where the metric decides nothing. */
  readonly margin: number | null;
  /** The smallest true loss that a look at this many units finds 8 times in 10. */
  readonly detectable: number | null;
}

/** Whether the candidate's units are as many as the split promised. */
export interface SampleRatio {
  /** `unknown` where the shares were not recorded or the arms are too small to tell. */
  readonly status: 'balanced' | 'mismatch' | 'unknown';
  readonly pValue: number | null;
  /** Variant to units. */
  readonly observed: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
}

/** `pass`: no worse than the margin allows. `fail`: harm. `missing`: nothing to compare. */
export type GateStatus = 'pass' | 'fail' | 'undecided' | 'missing';

export interface Gate {
  readonly metric: string;
  readonly status: GateStatus;
  /** A sentence with the numbers, and with what is still missing where the gate is undecided. */
  readonly reason: string;
}

export interface Verdict {
  readonly decision: 'promote' | 'hold' | 'rollback';
  /** Sentences, the deciding one first. */
  readonly reasons: readonly string[];
  readonly gates: readonly Gate[];
  /** `fixed`: valid for one look, at the end of a planned window. */
  readonly method: 'fixed';
  /** Of the intervals, such as 0.95. */
  readonly confidence: number;
}
