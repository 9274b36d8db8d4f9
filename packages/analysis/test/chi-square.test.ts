import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareSurvival } from '../src/chi-square.ts';
import { normalCdf } from '../src/normal.ts';

const x = fc.double({ min: 1e-3, max: 200, noNaN: true });

describe('chiSquareSurvival', () => {
  it.each([
    [3.841458820694124, 1],
    [5.991464547107979, 2],
    [7.814727903251179, 3],
    [18.307038053275146, 10],
  ])('at %f with %i degrees of freedom is 0.05, as the tables say', (critical, degrees) => {
    expect(Math.abs(chiSquareSurvival(critical, degrees) - 0.05)).toBeLessThan(1e-12);
  });

  it('is both tails of the normal at 1 degree, and the exponential at 2', () => {
    fc.assert(
      fc.property(x, (value) => {
        expect(chiSquareSurvival(value, 1) / (2 * normalCdf(-Math.sqrt(value)))).toBeCloseTo(1, 12);
        expect(chiSquareSurvival(value, 2) / Math.exp(-value / 2)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is the Poisson distribution at even degrees: P(X_2k > 2y) = P(Poisson(y) < k)', () => {
    fc.assert(
      fc.property(x, fc.integer({ min: 1, max: 12 }), (value, k) => {
        let term = Math.exp(-value / 2);
        let poisson = 0;
        for (let i = 0; i < k; i++) {
          poisson += term;
          term *= value / 2 / (i + 1);
        }
        expect(chiSquareSurvival(value, 2 * k) / poisson).toBeCloseTo(1, 10);
      }),
    );
  });

  it('has the odd degrees between the even ones', () => {
    fc.assert(
      fc.property(x, fc.integer({ min: 2, max: 11 }), (value, degrees) => {
        const here = chiSquareSurvival(value, degrees);
        const slack = 1 + 1e-14;
        expect(here * slack).toBeGreaterThanOrEqual(chiSquareSurvival(value, degrees - 1));
        expect(here).toBeLessThanOrEqual(chiSquareSurvival(value, degrees + 1) * slack);
      }),
    );
  });

  it.each([
    [50, 1, 1.537459794428033e-12],
    [20, 10, 0.029252688076961124],
    [100, 5, 5.285148360943219e-20],
  ])('at %f with %i degrees of freedom keeps its digits, as SciPy says', (value, degrees, survival) => {
    expect(chiSquareSurvival(value, degrees) / survival).toBeCloseTo(1, 12);
  });

  it('is 1 at zero', () => {
    expect(chiSquareSurvival(0, 3)).toBe(1);
  });
});
