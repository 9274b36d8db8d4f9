import {
  type ArmFigures,
  type CandidateImpact,
  type Estimate,
  type FlagImpact,
  formatDifference,
  formatSize,
  formatValue,
  type GateStatus,
  metricLabel,
} from '@sluice/analysis';
import type { MetricDefinition } from '@sluice/core';

/** One metric of a candidate beside the control, as every report writes it. */
export interface MetricRow {
  readonly metric: string;
  readonly definition: MetricDefinition;
  readonly label: string;
  readonly control: string;
  readonly candidate: string;
  readonly difference: string;
  readonly interval: string;
  readonly margin: string;
  /** `null` for a metric that decides nothing. */
  readonly status: GateStatus | null;
  readonly estimate: Estimate | null;
}

/** What stands where there is nothing to write. */
export const NOTHING = '–';

/** Rows of the metrics that at least one of the two arms recorded, or that are gates. */
export function metricRows(
  metrics: FlagImpact['metrics'],
  candidate: CandidateImpact,
  control: ArmFigures | undefined,
): readonly MetricRow[] {
  const statuses = new Map(candidate.verdict.gates.map((gate) => [gate.metric, gate.status]));
  return Object.entries(metrics).flatMap(([metric, definition]): MetricRow[] => {
    const status = statuses.get(metric) ?? null;
    const values = [control?.values[metric] ?? null, candidate.figures.values[metric] ?? null];
    if (status === null && values.every((value) => value === null)) return [];
    const [controlText, candidateText] = values.map((value) => valueText(value, definition));
    const estimate = candidate.estimates[metric] ?? null;
    const text = estimate === null ? null : formatDifference(estimate, definition);
    return [
      {
        metric,
        definition,
        label: metricLabel(metric, definition),
        control: controlText ?? NOTHING,
        candidate: candidateText ?? NOTHING,
        difference: text?.difference ?? NOTHING,
        interval: text?.interval ?? (text === null ? NOTHING : 'unbounded'),
        margin: estimate?.margin == null ? NOTHING : formatSize(estimate.margin, definition),
        status,
        estimate,
      },
    ];
  });
}

export function valueText(value: number | null, definition: MetricDefinition): string {
  return value === null ? NOTHING : formatValue(value, definition);
}
