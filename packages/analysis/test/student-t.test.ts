import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../src/normal.ts';
import { studentTCdf, studentTQuantile } from '../src/student-t.ts';

const t = fc.double({ min: -30, max: 30, noNaN: true });

describe('studentTCdf', () => {
  it('is the closed form at 1, 2 and 4 degrees of freedom', () => {
    fc.assert(
      fc.property(t, (x) => {
        expect(studentTCdf(x, 1)).toBeCloseTo(0.5 + Math.atan(x) / Math.PI, 12);
        expect(studentTCdf(x, 2)).toBeCloseTo(0.5 + x / (2 * Math.sqrt(2 + x * x)), 12);
        const y = x / Math.sqrt(4 + x * x);
        expect(studentTCdf(x, 4)).toBeCloseTo(0.5 + (3 * y - y ** 3) / 4, 12);
      }),
    );
  });

  it('comes as near to the normal distribution as the expansion in 1/df says', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.integer({ min: 20_000, max: 5_000_000 }), (x, df) => {
        const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
        const expansion = normalCdf(x) - (density * (x ** 3 + x)) / (4 * df);
        expect(Math.abs(studentTCdf(x, df) - expansion)).toBeLessThan(2 / df ** 2 + 1e-12);
      }),
    );
  });

  it.each([
    [2, 5, 0.9490302605850708],
    [-3.5, 10, 0.002863252714942605],
    [1.2, 3.7, 0.8493538109240604],
    [-2.5, 250.5, 0.006529795066384186],
  ])('at %f with %f degrees of freedom is %f, as SciPy says', (x, df, probability) => {
    expect(Math.abs(studentTCdf(x, df) - probability)).toBeLessThan(1e-12);
  });

  it('is symmetric, also where the degrees of freedom are a fraction', () => {
    fc.assert(
      fc.property(t, fc.double({ min: 0.6, max: 400, noNaN: true }), (x, df) => {
        expect(studentTCdf(x, df) + studentTCdf(-x, df)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is 0 and 1 at the infinities', () => {
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
  });
});

describe('studentTQuantile', () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 5, 2.570581835636314],
    [0.95, 10, 1.8124611228116756],
    [0.975, 30, 2.0422724563012373],
    [0.975, 1e12, 1.959963984540054],
  ])('at %f with %f degrees of freedom is %f, as the tables say', (probability, df, quantile) => {
    expect(Math.abs(studentTQuantile(probability, df) - quantile)).toBeLessThan(1e-11);
    expect(studentTQuantile(1 - probability, df)).toBeCloseTo(-quantile, 10);
  });

  it('undoes studentTCdf', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 0.6, max: 1e5, noNaN: true }),
        (probability, df) => {
          expect(studentTCdf(studentTQuantile(probability, df), df)).toBeCloseTo(probability, 11);
        },
      ),
    );
  });
});
