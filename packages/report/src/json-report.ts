import type { ArmFigures, CandidateImpact, Estimate, FlagImpact, Gate, StageImpact } from '@sluice/analysis';

/** What a rollout did, for machines. Only what JSON can carry; the keys always come in the same order. */
export type JsonReport = { readonly flags: readonly FlagJson[] };

export type FlagJson = {
  readonly flag: string;
  /** ms since the epoch; `from` is included, `to` is not. */
  readonly window: { readonly from: number; readonly to: number };
  /** The one with the latest record first. */
  readonly stages: readonly StageJson[];
  readonly skipped_lines: number;
  readonly duplicates: number;
};

export type StageJson = {
  readonly stage: string;
  readonly first_at: number;
  readonly last_at: number;
  readonly candidates: readonly CandidateJson[];
  /** Measured, compared with nobody. */
  readonly uncompared: readonly ArmJson[];
  readonly sample_ratio: {
    readonly status: 'balanced' | 'mismatch' | 'unknown';
    readonly p_value: number | null;
    readonly observed: Readonly<Record<string, number>>;
    readonly expected: Readonly<Record<string, number>>;
  };
  /** Units seen in two variants. */
  readonly crossovers: number;
};

export type CandidateJson = {
  readonly variant: string;
  readonly verdict: 'promote' | 'hold' | 'rollback';
  /** Sentences, the deciding one first. */
  readonly reasons: readonly string[];
  readonly sample_size: { readonly candidate: SizeJson; readonly control: SizeJson | null };
  readonly arms: { readonly candidate: ArmJson; readonly control: ArmJson | null };
  /** Candidate minus control; `null` where one of them recorded nothing. */
  readonly quality_delta: DeltaJson | null;
  readonly latency_delta: DeltaJson | null;
  readonly cost_delta: DeltaJson | null;
  readonly error_rate_delta: DeltaJson | null;
  /** The deltas of all other metrics by name. */
  readonly other_deltas: Readonly<Record<string, DeltaJson | null>>;
  readonly gates: readonly { readonly metric: string; readonly status: Gate['status']; readonly reason: string }[];
  readonly method: 'fixed';
  /** Of the intervals. */
  readonly confidence: number;
};

export type SizeJson = { readonly units: number; readonly runs: number };

/** One arm's figures, each a mean or a p95 as its metric is defined; `null` where nothing was recorded. */
export type ArmJson = {
  readonly variant: string;
  readonly exposed_units: number;
  readonly units: number;
  readonly effective_units: number;
  readonly runs: number;
  /** Mean. */
  readonly quality: number | null;
  /** p95, ms. */
  readonly latency: number | null;
  /** Mean, USD. */
  readonly cost: number | null;
  /** Mean of zeros and ones. */
  readonly error_rate: number | null;
  /** All other metrics by name. */
  readonly other: Readonly<Record<string, number | null>>;
};

/** In the metric's own unit. Ends are `null` where there is too little to bound them, `margin` where none is set. */
export type DeltaJson = {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly margin: number | null;
};

const NAMED_METRICS = ['quality', 'latency', 'cost', 'errors'];

export function jsonReport(impacts: readonly FlagImpact[]): JsonReport {
  return { flags: impacts.map(flagJson) };
}

function flagJson(impact: FlagImpact): FlagJson {
  const others = Object.keys(impact.metrics).filter((metric) => !NAMED_METRICS.includes(metric));
  return {
    flag: impact.flag,
    window: { from: impact.window.from, to: impact.window.to },
    stages: impact.stages.map((stage) => stageJson(stage, others)),
    skipped_lines: impact.skippedLines,
    duplicates: impact.duplicates,
  };
}

function stageJson(stage: StageImpact, others: readonly string[]): StageJson {
  const { status, pValue, observed, expected } = stage.sampleRatio;
  return {
    stage: stage.stage,
    first_at: stage.firstAt,
    last_at: stage.lastAt,
    candidates: stage.candidates.map((candidate) => candidateJson(candidate, stage.control, others)),
    uncompared: stage.uncompared.map((arm) => armJson(arm, others)),
    sample_ratio: { status, p_value: pValue, observed, expected },
    crossovers: stage.crossovers,
  };
}

function candidateJson(
  { figures, estimates, verdict }: CandidateImpact,
  control: ArmFigures | undefined,
  others: readonly string[],
): CandidateJson {
  const delta = (metric: string) => deltaJson(estimates[metric]);
  return {
    variant: figures.variant,
    verdict: verdict.decision,
    reasons: verdict.reasons,
    sample_size: { candidate: sizeJson(figures), control: control === undefined ? null : sizeJson(control) },
    arms: { candidate: armJson(figures, others), control: control === undefined ? null : armJson(control, others) },
    quality_delta: delta('quality'),
    latency_delta: delta('latency'),
    cost_delta: delta('cost'),
    error_rate_delta: delta('errors'),
    other_deltas: Object.fromEntries(others.map((metric) => [metric, delta(metric)])),
    gates: verdict.gates.map(({ metric, status, reason }) => ({ metric, status, reason })),
    method: verdict.method,
    confidence: verdict.confidence,
  };
}

function sizeJson({ units, runs }: ArmFigures): SizeJson {
  return { units, runs };
}

function armJson(arm: ArmFigures, others: readonly string[]): ArmJson {
  const value = (metric: string) => arm.values[metric] ?? null;
  return {
    variant: arm.variant,
    exposed_units: arm.exposedUnits,
    units: arm.units,
    effective_units: arm.effectiveUnits,
    runs: arm.runs,
    quality: value('quality'),
    latency: value('latency'),
    cost: value('cost'),
    error_rate: value('errors'),
    other: Object.fromEntries(others.map((metric) => [metric, value(metric)])),
  };
}

function deltaJson(estimate: Estimate | undefined): DeltaJson | null {
  if (estimate === undefined) return null;
  const { low, high, margin } = estimate;
  return { estimate: estimate.estimate, low, high, margin };
}
