import type { UnitMoments } from '@sluice/core';

/** Mean of the outcomes, sum S_i / sum N_i. */
export function ratio(moments: UnitMoments): number {
  return moments.sum / moments.n;
}

/** (sum N_i)^2 / sum N_i^2: how many equally busy units carry as much. */
export function effectiveUnits(moments: UnitMoments): number {
  return moments.nn === 0 ? 0 : (moments.n * moments.n) / moments.nn;
}

/** Moments of two disjoint sets of units together; exact. */
export function addMoments(a: UnitMoments, b: UnitMoments): UnitMoments {
  return {
    units: a.units + b.units,
    n: a.n + b.n,
    sum: a.sum + b.sum,
    nn: a.nn + b.nn,
    ss: a.ss + b.ss,
    ns: a.ns + b.ns,
  };
}

/** What the moments would be with every outcome multiplied by `factor`. */
export function scaleOutcomes(moments: UnitMoments, factor: number): UnitMoments {
  return { ...moments, sum: factor * moments.sum, ss: factor * factor * moments.ss, ns: factor * moments.ns };
}

/** What the moments would be with `shift` added to every outcome. */
export function shiftOutcomes(moments: UnitMoments, shift: number): UnitMoments {
  const { n, sum, nn, ss, ns } = moments;
  return { ...moments, sum: sum + shift * n, ss: ss + shift * (2 * ns + shift * nn), ns: ns + shift * nn };
}

/** Sum over the units of (S_i - level N_i)^2. */
export function residualSquares(moments: UnitMoments, level: number): number {
  const { nn, ss, ns } = moments;
  const squares = ss - level * (2 * ns - level * nn);
  // The terms cancel where every outcome is the same; what rounding leaves of them is not variance.
  return squares > 1e-12 * (ss + level * level * nn) ? squares : 0;
}

/**
 * The moments with two imagined units of average activity, one at each end of the metric's range.
 *
 * An arm that saw no error yet has no variance, and would prove in a hundred units that errors cannot rise. With one
 * success and one failure more per arm the interval of a rate is about right from ten units on (Agresti and Caffo 2000,
 * The American Statistician 54:280), and among thousands of units two change nothing.
 */
export function padRange(moments: UnitMoments, range: readonly [number, number]): UnitMoments {
  const n = moments.n / moments.units;
  return range.reduce(
    (padded, end) =>
      addMoments(padded, { units: 1, n, sum: end * n, nn: n * n, ss: end * end * n * n, ns: end * n * n }),
    moments,
  );
}
