import type { MetricDefinition, Summary, SummaryReport } from '@sluice/core';
import { armValue } from './arm-value.ts';
import { judgeMetrics } from './gate.ts';
import type { ArmFigures, CandidateImpact, FlagImpact, StageImpact } from './impact.ts';
import { effectiveUnits } from './moments.ts';
import { sampleRatio } from './sample-ratio.ts';
import { reachVerdict } from './verdict.ts';

/** What the summaries are of. */
export interface SummariesContext {
  readonly flag: string;
  /** ms since the epoch; `from` is included, `to` is not. */
  readonly window: { readonly from: number; readonly to: number };
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
}

/** Compares every candidate of one flag with the control of its stage. Summaries of other flags are left out. */
export function analyseSummaries(report: SummaryReport, context: SummariesContext): FlagImpact {
  const stages = new Map<string, Summary[]>();
  for (const summary of report.summaries) {
    if (summary.flag !== context.flag) continue;
    const stage = stages.get(summary.stage);
    if (stage) stage.push(summary);
    else stages.set(summary.stage, [summary]);
  }
  const crossovers = new Map(
    report.crossovers.filter(({ flag }) => flag === context.flag).map(({ stage, units }) => [stage, units]),
  );
  return {
    ...context,
    stages: [...stages]
      .map(([stage, summaries]) => analyseStage(stage, summaries, context.metrics, crossovers.get(stage) ?? 0))
      .sort((a, b) => b.lastAt - a.lastAt || (a.stage < b.stage ? -1 : 1)),
    skippedLines: report.skippedLines,
    duplicates: report.duplicates,
  };
}

function analyseStage(
  stage: string,
  summaries: readonly Summary[],
  metrics: SummariesContext['metrics'],
  crossovers: number,
): StageImpact {
  const inArm = (arm: Summary['arm']) =>
    summaries.filter((summary) => summary.arm === arm).sort((a, b) => (a.variant < b.variant ? -1 : 1));
  // One stage has one control. Should a writer have changed it without a new stage, the larger one is compared.
  const [control, ...otherControls] = inArm('control').sort((a, b) => b.units - a.units);
  const candidates = inArm('candidate');
  const ratio = sampleRatio(control ? [control, ...candidates] : candidates);
  return {
    stage,
    firstAt: Math.min(...summaries.map((summary) => summary.firstAt)),
    lastAt: Math.max(...summaries.map((summary) => summary.lastAt)),
    ...(control && { control: armFigures(control, metrics) }),
    candidates: candidates.map((candidate): CandidateImpact => {
      const impacts = judgeMetrics(metrics, candidate, control);
      return {
        figures: armFigures(candidate, metrics),
        estimates: Object.fromEntries(
          impacts.flatMap(({ metric, estimate }) => (estimate ? [[metric, estimate]] : [])),
        ),
        verdict: reachVerdict(impacts, ratio),
      };
    }),
    uncompared: [...otherControls, ...inArm('none')].map((summary) => armFigures(summary, metrics)),
    sampleRatio: ratio,
    crossovers,
  };
}

function armFigures(summary: Summary, metrics: SummariesContext['metrics']): ArmFigures {
  // The metric with the most outcomes is the one that says best how busy each unit was.
  const [busiest] = Object.values(summary.metrics).sort((a, b) => b.n - a.n);
  const values = Object.entries(metrics).map(([metric, definition]) => [
    metric,
    armValue(definition, summary.metrics[metric])?.value ?? null,
  ]);
  return {
    variant: summary.variant,
    exposedUnits: summary.exposedUnits,
    units: summary.units,
    effectiveUnits: busiest === undefined ? 0 : effectiveUnits(busiest),
    runs: summary.runs,
    values: Object.fromEntries(values),
  };
}
