import { normalCdf } from './normal.ts';

/**
 * P(X > x), x >= 0, of a chi-square distributed X with a whole number of degrees of freedom.
 *
 * Starts from the closed forms at 1 and 2 degrees and climbs by two: Q(a + 1, y) = Q(a, y) + y^a e^-y / Gamma(a + 1)
 * (Abramowitz and Stegun 6.5.21). Only positive terms are added, so the tail keeps its digits.
 */
export function chiSquareSurvival(x: number, degrees: number): number {
  const half = x / 2;
  const odd = degrees % 2 === 1;
  let survival = odd ? 2 * normalCdf(-Math.sqrt(x)) : Math.exp(-half);
  let term = odd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : half * Math.exp(-half);
  for (let a = odd ? 0.5 : 1; a < degrees / 2; a++) {
    survival += term;
    term *= half / (a + 1);
  }
  return survival;
}
