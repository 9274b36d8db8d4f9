import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../src/normal.ts';

describe('normalCdf', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.96, 0.9750021048517795],
    [2, 0.9772498680518208],
    [3, 0.9986501019683699],
    [-3, 0.0013498980316300933],
  ])('at %f is %f, as the tables say', (x, probability) => {
    expect(Math.abs(normalCdf(x) - probability)).toBeLessThan(1e-14);
  });

  it('keeps its digits far in the tail', () => {
    expect(normalCdf(-8) / 6.220960574271785e-16).toBeCloseTo(1, 12);
    expect(normalCdf(-37)).toBeGreaterThan(0);
  });

  it('is symmetric, and grows', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 13);
        expect(normalCdf(x + 0.01)).toBeGreaterThan(normalCdf(x) - 1e-16);
      }),
    );
  });
});

describe('normalQuantile', () => {
  it.each([
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.001, -3.090232306167813],
    [1e-12, -7.034483825301132],
  ])('at %f is %f, as the tables say', (probability, x) => {
    expect(Math.abs(normalQuantile(probability) - x)).toBeLessThan(1e-11);
  });

  it('undoes normalCdf', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1 - 1e-10, noNaN: true }), (probability) => {
        expect(normalCdf(normalQuantile(probability)) / probability).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is infinite at the ends and zero in the middle', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(normalQuantile(0.5))).toBeLessThan(1e-15);
  });
});
