import { defaultMetrics, type MetricSummary, type Summary, type SummaryReport } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { analyseSummaries } from '../src/analyse-summaries.ts';
import { armSummary, momentsOf } from './fixtures/measured.ts';

const context = { flag: 'support-model', window: { from: 0, to: 10_000 }, metrics: defaultMetrics };

/** Units that each did the same work, with a little noise around the mean. */
const around = (mean: number, units: number, noise = 0.1): MetricSummary =>
  momentsOf(Array.from({ length: units }, (_, i) => [mean - noise, mean + noise, mean + (i % 2 ? noise : -noise)]));

const good = { quality: around(0.8, 2000), errors: around(0.02, 2000, 0.02), cost: around(0.01, 2000, 0.001) };

const report = (summaries: readonly Summary[], rest: Partial<SummaryReport> = {}): SummaryReport => ({
  summaries,
  crossovers: [],
  skippedLines: 0,
  duplicates: 0,
  ...rest,
});

/** Every number anywhere in a value. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function verdictOf(candidate: Summary, control: Summary | undefined = armSummary('gpt-4o', 'control', good)) {
  const impact = analyseSummaries(report(control ? [candidate, control] : [candidate]), context);
  const verdict = impact.stages[0]?.candidates[0]?.verdict;
  if (verdict === undefined) throw new Error('no candidate');
  return verdict;
}

describe('the verdict', () => {
  it('promotes a candidate whose every recorded gate passes, though a metric was recorded by nobody', () => {
    const verdict = verdictOf(armSummary('claude', 'candidate', good));
    expect(verdict).toMatchObject({ decision: 'promote', method: 'fixed', confidence: 0.95 });
    expect(verdict.reasons[0]).toBe('Every gate with data passes: quality, cost, errors.');
    expect(verdict.reasons).toContain('p95 latency: missing, neither arm recorded it.');
    expect(verdict.reasons.at(-1)).toMatch(
      /^These units would show a true loss of this size 8 times in 10: quality .* pp, cost \$/,
    );
  });

  it('rolls back a candidate that does harm in one metric and well in all others, the harm named first', () => {
    const verdict = verdictOf(armSummary('claude', 'candidate', { ...good, errors: around(0.08, 2000, 0.02) }));
    expect(verdict.decision).toBe('rollback');
    expect(verdict.reasons[0]).toMatch(/^errors: worse, 8\.00% against 2\.00%/);
    expect(verdict.gates.map(({ metric, status }) => `${metric} ${status}`)).toEqual([
      'quality pass',
      'latency missing',
      'cost pass',
      'errors fail',
    ]);
  });

  it('rolls harm back however few the units', () => {
    const broken = { quality: around(0.1, 12, 0.05) };
    const verdict = verdictOf(armSummary('claude', 'candidate', broken, { share: 0.0006 }));
    expect(verdict.decision).toBe('rollback');
  });

  it('holds where one arm recorded nothing of a gate', () => {
    const { cost: _, ...withoutCost } = good;
    const verdict = verdictOf(armSummary('claude', 'candidate', withoutCost));
    expect(verdict.decision).toBe('hold');
    expect(verdict.reasons[0]).toBe('cost: missing, only the control recorded it. Promotion needs it in both arms.');
  });

  it('promotes nothing whose quality nobody recorded', () => {
    const { quality: _, ...rest } = good;
    const verdict = verdictOf(armSummary('claude', 'candidate', rest), armSummary('gpt-4o', 'control', rest));
    expect(verdict.decision).toBe('hold');
    expect(verdict.reasons[0]).toMatch(/^quality: missing, neither arm recorded it\. Promotion needs it/);
  });

  it('holds below 100 units, and below 100 effective units, of an arm', () => {
    const few = { quality: around(0.8, 99, 0.001) };
    expect(verdictOf(armSummary('claude', 'candidate', few), armSummary('gpt-4o', 'control', few))).toMatchObject({
      decision: 'hold',
      reasons: expect.arrayContaining([
        expect.stringMatching(/^Too few units: .* has 99 units, worth 99 equally busy/),
      ]),
    });
    const oneHeavyUnit = [Array<number>(5000).fill(0.8), ...Array.from({ length: 2500 }, () => [0.8, 0.801])];
    const uneven = { ...good, quality: momentsOf(oneHeavyUnit) };
    const verdict = verdictOf(armSummary('claude', 'candidate', uneven, { exposedUnits: 2000 }));
    expect(verdict.decision).toBe('hold');
    expect(verdict.reasons[0]).toMatch(
      /^Too few units: the candidate has 2,501 units, worth 3 equally busy ones, with quality/,
    );
  });

  it('holds where the arms are not as large as promised', () => {
    const verdict = verdictOf(armSummary('claude', 'candidate', good, { exposedUnits: 1500 }));
    expect(verdict.decision).toBe('hold');
    expect(verdict.reasons[0]).toMatch(/claude 1,500 units of 1,750/);
  });

  it('rolls harm back all the same, and says that the arms are not as large as promised', () => {
    const harmful = { ...good, quality: around(0.5, 2000) };
    const verdict = verdictOf(armSummary('claude', 'candidate', harmful, { exposedUnits: 1500 }));
    expect(verdict.decision).toBe('rollback');
    expect(verdict.reasons[0]).toMatch(/^quality: worse/);
    expect(verdict.reasons[1]).toMatch(/claude 1,500 units of 1,750/);
  });

  it('holds where there is no control', () => {
    const impact = analyseSummaries(report([armSummary('claude', 'candidate', good)]), context);
    expect(impact.stages[0]).not.toHaveProperty('control');
    expect(impact.stages[0]?.candidates[0]?.verdict.decision).toBe('hold');
    expect(impact.stages[0]?.candidates[0]?.estimates).toEqual({});
  });

  it('says of each gate once what it has to say', () => {
    const { cost: _, ...withoutCost } = good;
    for (const metrics of [
      withoutCost,
      { ...good, quality: around(0.75, 40) },
      { ...good, errors: around(0.3, 2000) },
    ]) {
      const { gates, reasons } = verdictOf(armSummary('claude', 'candidate', metrics));
      for (const { metric } of gates) {
        expect(reasons.filter((reason) => reason.match(/^(?:p95 )?(\w+):/)?.[1] === metric)).toHaveLength(1);
      }
    }
  });
});

describe('analyseSummaries', () => {
  const stage = (name: string, lastAt: number) => [
    armSummary('claude', 'candidate', good, { stage: name, firstAt: lastAt - 500, lastAt }),
    armSummary('gpt-4o', 'control', good, { stage: name, firstAt: lastAt - 900, lastAt: lastAt - 100 }),
  ];

  it('compares within a stage only, the latest first, and leaves other flags out', () => {
    const other = armSummary('x', 'candidate', good, { flag: 'other' });
    const impact = analyseSummaries(report([...stage('1', 2000), ...stage('2', 9000), other]), context);
    expect(impact.stages.map(({ stage: name, firstAt, lastAt }) => [name, firstAt, lastAt])).toEqual([
      ['2', 8100, 9000],
      ['1', 1100, 2000],
    ]);
    expect(impact.stages.map(({ candidates }) => candidates.length)).toEqual([1, 1]);
  });

  it('gives each arm its figures, null where nothing was recorded', () => {
    const [first] = analyseSummaries(report(stage('1', 2000)), context).stages;
    expect(first?.control).toMatchObject({ variant: 'gpt-4o', units: 2000, effectiveUnits: 2000, runs: 6000 });
    expect(first?.control?.values).toMatchObject({ quality: expect.closeTo(0.8, 9), latency: null, feedback: null });
  });

  it('counts effective units by the metric with the most outcomes', () => {
    const judged = {
      quality: around(0.8, 10),
      errors: momentsOf([Array<number>(900).fill(0), ...Array.from({ length: 100 }, () => [0])]),
    };
    const [first] = analyseSummaries(report([armSummary('gpt-4o', 'control', judged)]), context).stages;
    expect(first?.control?.effectiveUnits).toBeCloseTo(1000 ** 2 / (900 ** 2 + 100), 9);
  });

  it('lists what was measured and compared with nobody', () => {
    const rest = armSummary('gpt-4o', 'none', good);
    const [first] = analyseSummaries(report([...stage('1', 2000), rest]), context).stages;
    expect(first?.uncompared.map(({ variant }) => variant)).toEqual(['gpt-4o']);
    expect(first?.candidates).toHaveLength(1);
  });

  it('compares each of several candidates with the same control', () => {
    const second = armSummary('eld', 'candidate', { ...good, quality: around(0.9, 2000) });
    const [first] = analyseSummaries(report([...stage('1', 2000), second]), context).stages;
    expect(first?.candidates.map(({ figures }) => figures.variant)).toEqual(['claude', 'eld']);
    expect(first?.candidates.map(({ estimates }) => estimates['quality']?.estimate)).toEqual([
      expect.closeTo(0, 9),
      expect.closeTo(0.1, 9),
    ]);
  });

  it('hands on what the store counted', () => {
    const crossovers = [
      { flag: 'support-model', stage: '1', units: 3 },
      { flag: 'other', stage: '1', units: 70 },
    ];
    const impact = analyseSummaries(report(stage('1', 2000), { crossovers, skippedLines: 2, duplicates: 5 }), context);
    expect(impact).toMatchObject({ skippedLines: 2, duplicates: 5 });
    expect(impact.stages[0]?.crossovers).toBe(3);
  });

  it('has no stages where nothing was recorded', () => {
    expect(analyseSummaries(report([]), context).stages).toEqual([]);
  });

  it('holds finite numbers only, however little was recorded', () => {
    const tiny = { quality: momentsOf([[1]]), errors: momentsOf([]), cost: momentsOf([[0], [0]]) };
    const summaries = [armSummary('claude', 'candidate', tiny), armSummary('gpt-4o', 'control', tiny)];
    const impact = analyseSummaries(report(summaries), context);
    const numbers = numbersIn(impact);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
  });
});
