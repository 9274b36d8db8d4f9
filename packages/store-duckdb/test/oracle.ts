import type {
  MeasurementRecord,
  MetricSummary,
  OutcomeRecord,
  QuantileSummary,
  Summary,
  SummaryQuery,
  SummaryReport,
  UnitMoments,
} from '@sluice/core';

/** What a store has to answer, by maps and loops. */
export function summariseByHand(
  all: readonly MeasurementRecord[],
  query: SummaryQuery,
): Omit<SummaryReport, 'skippedLines'> {
  const records = all
    .filter((record) => record.at < query.to && (query.flag === undefined || record.flag === query.flag))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

  const earliest = new Map<string, MeasurementRecord>();
  const firstVariants = new Map<string, string>();
  const variants = new Map<string, Set<string>>();
  for (const record of records) {
    const identity =
      record.type === 'outcome' ? [record.run, record.flag, record.metric] : [record.flag, record.unit, record.stage];
    setOnce(earliest, JSON.stringify([record.type, ...identity]), record);
    variants.set(unitKey(record), (variants.get(unitKey(record)) ?? new Set()).add(record.variant));
  }
  for (const type of ['exposure', 'outcome']) {
    for (const record of records) if (record.type === type) setOnce(firstVariants, unitKey(record), record.variant);
  }

  const crossed = new Map<string, Set<string>>();
  for (const record of records) {
    if (record.at < query.from || (variants.get(unitKey(record))?.size ?? 0) < 2) continue;
    const stage = JSON.stringify([record.flag, record.stage]);
    crossed.set(stage, (crossed.get(stage) ?? new Set()).add(record.unit));
  }

  const counted = [...earliest.values()].filter(
    (record) => record.at >= query.from && record.variant === firstVariants.get(unitKey(record)),
  );
  const groups = grouped(counted, (record) => JSON.stringify([record.flag, record.stage, record.variant, record.arm]));
  return {
    summaries: [...groups.values()].map((group) => summaryOf(group, counted, query)),
    crossovers: [...crossed].map(([stage, units]) => {
      const [flag, name] = JSON.parse(stage);
      return { flag, stage: name, units: units.size };
    }),
    duplicates: records.length - earliest.size,
  };
}

function summaryOf(
  group: readonly MeasurementRecord[],
  counted: readonly MeasurementRecord[],
  query: SummaryQuery,
): Summary {
  const { flag, stage, variant, arm } = group[0] as MeasurementRecord;
  const outcomes = group.filter((record) => record.type === 'outcome');
  const exposures = group.filter((record) => record.type === 'exposure');
  const times = group.map((record) => record.at);
  const share = exposures.filter((record) => record.share !== undefined).at(-1)?.share;
  const metrics = Object.entries(query.metrics).flatMap(([metric, { aggregate }]): [string, MetricSummary][] => {
    const own = outcomes.filter((record) => record.metric === metric);
    if (own.length === 0) return [];
    const compared = counted
      .filter((record) => record.type === 'outcome' && record.metric === metric)
      .filter((record) => record.flag === flag && record.stage === stage && record.arm !== 'none');
    const moments = momentsOf(own, (record) => record.value);
    if (aggregate === 'mean') return [[metric, moments]];
    return [[metric, { ...moments, p95: quantilesOf(own, compared.length > 0 ? (compared as OutcomeRecord[]) : own) }]];
  });
  return {
    flag,
    stage,
    variant,
    arm,
    exposedUnits: new Set(exposures.map((record) => record.unit)).size,
    ...(share !== undefined && { share }),
    units: new Set(outcomes.map((record) => record.unit)).size,
    runs: new Set(outcomes.map((record) => record.run)).size,
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
    metrics: Object.fromEntries(metrics),
  };
}

function momentsOf(outcomes: readonly OutcomeRecord[], measure: (outcome: OutcomeRecord) => number): UnitMoments {
  const units = grouped(outcomes, (outcome) => outcome.unit);
  const moments = { units: units.size, n: 0, sum: 0, nn: 0, ss: 0, ns: 0 };
  for (const own of units.values()) {
    const n = own.length;
    const s = own.reduce((sum, outcome) => sum + measure(outcome), 0);
    moments.n += n;
    moments.sum += s;
    moments.nn += n * n;
    moments.ss += s * s;
    moments.ns += n * s;
  }
  return moments;
}

function quantilesOf(own: readonly OutcomeRecord[], compared: readonly OutcomeRecord[]): QuantileSummary {
  const value = smallestThatCovers(own, 0.95);
  const threshold = smallestThatCovers(compared, 0.95);
  const isAbove = (outcome: OutcomeRecord): number => (outcome.value > value ? 1 : 0);
  const n = own.length;
  const above = own.filter(isAbove).length;
  const units = grouped(own, (outcome) => outcome.unit);
  let squares = 0;
  for (const unit of units.values()) squares += (unit.filter(isAbove).length * n - above * unit.length) ** 2;
  const halfWidth = (1.96 * Math.sqrt((squares * units.size) / (units.size - 1))) / n / n;
  const at = (level: number): number | null =>
    units.size > 1 && n >= 73 && level > 0 && level < 1 ? smallestThatCovers(own, level) : null;
  return {
    value,
    above: momentsOf(own, isAbove),
    low: at(0.95 - halfWidth),
    high: at(0.95 + halfWidth),
    shared: { threshold, above: momentsOf(own, (outcome) => (outcome.value > threshold ? 1 : 0)) },
  };
}

function smallestThatCovers(outcomes: readonly OutcomeRecord[], share: number): number {
  const ascending = outcomes.map((outcome) => outcome.value).sort((a, b) => a - b);
  const covers = (_: number, index: number): boolean => index + 1 >= share * ascending.length;
  return ascending.find(covers) as number;
}

function unitKey(record: MeasurementRecord): string {
  return JSON.stringify([record.flag, record.stage, record.unit]);
}

function setOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
