import type { MetricSummary, QuantileSummary, Summary, SummaryQuery, SummaryReport, UnitMoments } from '@sluice/core';
import type { Run } from './database.ts';
import {
  createCounted,
  createCrossover,
  createLine,
  createRepeated,
  selectCounts,
  selectCrossovers,
  selectGroups,
  selectMoments,
  selectQuantiles,
} from './summary-sql.ts';

type Group = Pick<Summary, 'flag' | 'stage' | 'variant' | 'arm'>;
type GroupRow = Omit<Summary, 'share' | 'metrics'> & { readonly share: number | null };
type MomentsRow = Group & { readonly metric: string; readonly moments: UnitMoments };
type QuantileRow = Group & { readonly metric: string; readonly p95: QuantileSummary };
type CountsRow = Pick<SummaryReport, 'skippedLines' | 'duplicates'>;

export const noRecords: SummaryReport = Object.freeze({
  summaries: [],
  crossovers: [],
  skippedLines: 0,
  duplicates: 0,
});

/** The segments are read once, so all parts of the report are of the same lines while recorders go on writing. */
export async function summarise(run: Run, segments: readonly string[], query: SummaryQuery): Promise<SummaryReport> {
  await run(createLine, { segments, flag: query.flag ?? null, to: query.to });
  await run(createRepeated);
  await run(createCrossover, { from: query.from });
  await run(createCounted, { from: query.from });

  const metrics = Object.keys(query.metrics);
  const quantileMetrics = metrics.filter((metric) => query.metrics[metric]?.aggregate === 'p95');
  const groups = await run<GroupRow>(selectGroups);
  const moments = await run<MomentsRow>(selectMoments, { metrics });
  const quantiles = await run<QuantileRow>(selectQuantiles, { metrics: quantileMetrics });
  const crossovers = await run<SummaryReport['crossovers'][number]>(selectCrossovers);
  const [counts] = (await run<CountsRow>(selectCounts)) as readonly [CountsRow];
  return { summaries: assemble(groups, moments, quantiles), crossovers, ...counts };
}

function assemble(groups: readonly GroupRow[], moments: readonly MomentsRow[], quantiles: readonly QuantileRow[]) {
  const p95s = new Map(quantiles.map((row) => [keyOf(row, row.metric), row.p95]));
  const metrics = new Map<string, [string, MetricSummary][]>(groups.map((group) => [keyOf(group), []]));
  for (const row of moments) {
    const p95 = p95s.get(keyOf(row, row.metric));
    metrics.get(keyOf(row))?.push([row.metric, p95 ? { ...row.moments, p95 } : row.moments]);
  }
  return groups.map(({ share, ...group }): Summary => {
    return { ...group, ...(share !== null && { share }), metrics: Object.fromEntries(metrics.get(keyOf(group)) ?? []) };
  });
}

function keyOf(group: Group, metric = ''): string {
  return JSON.stringify([group.flag, group.stage, group.variant, group.arm, metric]);
}
