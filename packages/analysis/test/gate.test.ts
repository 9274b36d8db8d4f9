import { defaultMetrics, type MetricDefinition, type MetricSummary } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { judgeMetrics } from '../src/gate.ts';
import { armSummary, momentsOf, type Outcomes, p95Summary, sharedP95 } from './fixtures/measured.ts';
import { gaussian, heavyTailedCount, seeded } from './fixtures/random.ts';

/** `bad` of `units` units fail, each asked once. */
const errors = (bad: number, units: number): MetricSummary =>
  momentsOf(Array.from({ length: units }, (_, i) => [i < bad ? 1 : 0]));

/** Answers of this mean quality. */
function answers(mean: number, units: number, seed: number): MetricSummary {
  const random = seeded(seed);
  return momentsOf(
    Array.from({ length: units }, () => {
      const own = mean + 0.1 * gaussian(random);
      return Array.from({ length: heavyTailedCount(random) }, () => own + 0.1 * gaussian(random));
    }),
  );
}

function judge(
  metric: string,
  candidate: MetricSummary | undefined,
  control: MetricSummary | undefined,
  definition: MetricDefinition | undefined = defaultMetrics[metric],
) {
  const [impact] = judgeMetrics(
    { [metric]: definition as MetricDefinition },
    armSummary('claude', 'candidate', candidate ? { [metric]: candidate } : {}),
    armSummary('gpt-4o', 'control', control ? { [metric]: control } : {}),
  );
  return impact as NonNullable<typeof impact>;
}

describe('a gate on a mean', () => {
  it('passes where a loss as large as the margin is ruled out', () => {
    const { gate } = judge('quality', answers(0.8, 4000, 1), answers(0.8, 4000, 2));
    expect(gate?.status).toBe('pass');
    expect(gate?.reason).toMatch(
      /^quality: no worse, .*% against .*%, .* pp \[.*\]; a loss of more than 2 pp is ruled out\.$/,
    );
  });

  it('says better where the whole interval is on the good side', () => {
    const { gate } = judge('quality', answers(0.9, 400, 1), answers(0.8, 400, 2));
    expect(gate).toMatchObject({ status: 'pass', reason: expect.stringMatching(/^quality: better, /) });
    const cheaper = judge('cost', answers(0.5, 400, 1), answers(0.8, 400, 2));
    expect(cheaper.gate).toMatchObject({ status: 'pass', reason: expect.stringMatching(/^cost: better, /) });
  });

  it('fails where the candidate is worse beyond chance', () => {
    const { gate } = judge('quality', answers(0.7, 200, 3), answers(0.8, 200, 4));
    expect(gate?.status).toBe('fail');
    expect(gate?.reason).toMatch(/^quality: worse, .* pp \[.*\] \(p < 0\.0001; up to 0\.05 is harm\)\.$/);
  });

  it('is undecided between the two, and says how many more units would settle it', () => {
    const { gate } = judge('quality', answers(0.8, 60, 5), answers(0.8, 60, 6));
    expect(gate?.status).toBe('undecided');
    expect(gate?.reason).toMatch(/about [\d,]+ more units per arm would settle it/);
  });

  it('passes a certain loss that the margin allows', () => {
    const steady = (value: number) =>
      momentsOf(Array.from({ length: 500 }, (_, i) => [value + (i % 2 ? 0.001 : -0.001)]));
    expect(judge('quality', steady(0.79), steady(0.8)).gate?.status).toBe('pass');
    expect(judge('quality', steady(0.77), steady(0.8)).gate?.status).toBe('fail');
  });

  it('takes a margin in percent of the control, whichever direction is better', () => {
    const cost = (value: number) =>
      momentsOf(Array.from({ length: 500 }, (_, i) => [value * (1 + (i % 2 ? 0.1 : -0.1))]));
    expect(judge('cost', cost(0.0108), cost(0.01)).gate?.status).toBe('pass');
    expect(judge('cost', cost(0.0112), cost(0.01)).gate?.status).toBe('fail');
    const higher: MetricDefinition = { aggregate: 'mean', better: 'higher', margin: '10%' };
    expect(judge('value', cost(0.92), cost(1), higher).gate?.status).toBe('pass');
    expect(judge('value', cost(0.88), cost(1), higher).gate?.status).toBe('fail');
    expect(judge('value', cost(-1.08), cost(-1), higher).gate?.status).toBe('pass');
    expect(judge('value', cost(-1.12), cost(-1), higher).gate?.status).toBe('fail');
  });

  it('does not take a hundred units without an error for proof that there are none', () => {
    expect(judge('errors', errors(0, 100), errors(0, 100)).gate?.status).toBe('undecided');
    expect(judge('errors', errors(0, 1000), errors(0, 1000)).gate?.status).toBe('pass');
    expect(judge('errors', errors(0, 100), errors(0, 100)).estimate?.detectable).toBeGreaterThan(0.01);
  });

  it('sees errors in the candidate where the control has none at all', () => {
    expect(judge('errors', errors(12, 150), errors(0, 150)).gate?.status).toBe('fail');
  });

  it('passes what is always the same in both arms', () => {
    const free = momentsOf(Array.from({ length: 200 }, () => [0]));
    expect(judge('cost', free, free).gate?.status).toBe('pass');
  });

  it('never decides on one unit, and does not print an interval for it', () => {
    const { gate, estimate } = judge('errors', errors(1, 1), errors(0, 500));
    expect(gate?.status).toBe('undecided');
    expect(estimate).toMatchObject({ estimate: 1, low: null, high: null, standardError: null, detectable: null });
  });

  it('divides the level of harm by the number of gates that have data, and not by those without', () => {
    // p = 0.029: enough for one gate, not for three.
    const harm = { errors: errors(6, 150) };
    const none = { errors: errors(1, 150) };
    const status = (metrics: Readonly<Record<string, MetricDefinition>>, rest: Record<string, MetricSummary>) =>
      judgeMetrics(
        metrics,
        armSummary('claude', 'candidate', { ...harm, ...rest }),
        armSummary('gpt-4o', 'control', { ...none, ...rest }),
      ).find(({ metric }) => metric === 'errors')?.gate?.status;
    expect(status(defaultMetrics, {})).toBe('fail');
    expect(status(defaultMetrics, { quality: answers(0.8, 150, 7), cost: errors(0, 150) })).toBe('undecided');
  });
});

describe('a gate on a p95', () => {
  const latencies = (seed: number, units: number, factor = 1): Outcomes => {
    const random = seeded(seed);
    return Array.from({ length: units }, () => {
      const own = 0.3 * gaussian(random);
      return Array.from(
        { length: heavyTailedCount(random) },
        () => factor * 500 * Math.exp(own + 0.5 * gaussian(random)),
      );
    });
  };
  const judgeLatency = (candidate: Outcomes, control: Outcomes) => {
    const shared = sharedP95(candidate, control);
    return judge('latency', p95Summary(candidate, shared), p95Summary(control, shared));
  };

  it('passes where the p95 is the same and the arms are large', () => {
    expect(judgeLatency(latencies(1, 3000), latencies(2, 3000)).gate?.status).toBe('pass');
  });

  it('fails on the share of slow outcomes, and names it', () => {
    const { gate, estimate } = judgeLatency(latencies(3, 400, 1.5), latencies(4, 400));
    expect(gate?.status).toBe('fail');
    expect(gate?.reason).toMatch(/% of outcomes above [\d,]+ ms against .*%/);
    expect(estimate?.low).toBeGreaterThan(0);
  });

  it('fails a candidate that is faster on average and slower at the end', () => {
    const tail = latencies(5, 400).map((unit) => unit.map((value) => (value > 1100 ? value * 2 : value * 0.5)));
    const control = latencies(6, 400);
    const mean = (units: Outcomes) => units.flat().reduce((sum, value) => sum + value, 0) / units.flat().length;
    expect(mean(tail)).toBeLessThan(mean(control));
    expect(judgeLatency(tail, control).gate?.status).toBe('fail');
  });

  it('is undecided while an arm has too few outcomes for an interval', () => {
    const { gate, estimate } = judgeLatency([[500], [510], [520]], [[100], [110], [120]]);
    expect(gate?.status).toBe('undecided');
    expect(gate?.reason).toMatch(/3 and 3 outcomes of 3 and 3 units are too few/);
    expect(estimate).toMatchObject({ estimate: 400, low: null, high: null });
  });

  it('is called worse in about 5% of identical pairs', () => {
    const rounds = 300;
    let failed = 0;
    for (let i = 0; i < rounds; i++) {
      const [candidate, control] = [latencies(1000 + i, 120), latencies(5000 + i, 120)];
      if (judgeLatency(candidate, control).gate?.status === 'fail') failed++;
    }
    expect(failed / rounds).toBeLessThan(0.05 + 3.3 * Math.sqrt(0.0475 / rounds));
    expect(failed).toBeGreaterThan(1);
  });
});

describe('a metric', () => {
  it.each([
    ['neither arm', undefined, undefined],
    ['only the candidate', errors(0, 9), undefined],
    ['only the control', undefined, errors(0, 9)],
  ])('that %s recorded is missing', (who, candidate, control) => {
    const { gate, estimate } = judge('errors', candidate, control);
    expect(gate).toMatchObject({ status: 'missing', reason: expect.stringContaining(who) });
    expect(estimate).toBeNull();
  });

  it('without a margin is estimated and decides nothing', () => {
    const { gate, estimate } = judge('tokens', errors(9, 100), errors(1, 100));
    expect(gate).toBeNull();
    expect(estimate).toMatchObject({ estimate: expect.closeTo(0.08, 10), margin: null });
  });
});
