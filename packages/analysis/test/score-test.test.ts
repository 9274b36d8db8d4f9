import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pValueHigher, pValueLower } from '../src/difference.ts';
import { scaleOutcomes } from '../src/moments.ts';
import { scoreTest } from '../src/score-test.ts';
import { momentsOf } from './fixtures/measured.ts';

const units = fc.array(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 }), {
  minLength: 2,
  maxLength: 30,
});

describe('scoreTest', () => {
  it('with one outcome per unit is the pooled test of two proportions', () => {
    const failures = (bad: number, all: number) => momentsOf(Array.from({ length: all }, (_, i) => [i < bad ? 1 : 0]));
    const { difference, standardError, df } = scoreTest(failures(20, 200), failures(8, 160));
    const pooled = 28 / 360;
    expect(difference).toBeCloseTo(0.05, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(pooled * (1 - pooled) * (1 / 200 + 1 / 160)), 12);
    expect(df).toBe(358);
  });

  it('sees errors of one arm where the other has none', () => {
    const errors = (bad: number) => momentsOf(Array.from({ length: 150 }, (_, i) => [i < bad ? 1 : 0]));
    expect(pValueHigher(scoreTest(errors(5), errors(0)))).toBeLessThan(0.0125);
  });

  it('is no surer for a unit that is repeated within itself', () => {
    const once = [[1], [0], [1], [1]];
    const often = once.map((unit) => Array<number>(50).fill(unit[0] ?? 0));
    const other = [[0], [0], [1], [0]];
    const otherOften = other.map((unit) => Array<number>(50).fill(unit[0] ?? 0));
    const few = scoreTest(momentsOf(once), momentsOf(other));
    expect(scoreTest(momentsOf(often), momentsOf(otherOften)).standardError).toBeCloseTo(few.standardError, 12);
  });

  it('flips its sign when the arms are swapped', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        const there = scoreTest(momentsOf(a), momentsOf(b));
        const back = scoreTest(momentsOf(b), momentsOf(a));
        expect(back.difference).toBeCloseTo(-there.difference, 10);
        expect(back.standardError).toBeCloseTo(there.standardError, 10);
        expect(pValueHigher(back)).toBeCloseTo(pValueLower(there), 8);
      }),
    );
  });

  it('scales with the outcomes, so that ms and s give the same p', () => {
    fc.assert(
      fc.property(units, units, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, factor) => {
        const plain = scoreTest(momentsOf(a), momentsOf(b));
        const scaled = scoreTest(scaleOutcomes(momentsOf(a), factor), scaleOutcomes(momentsOf(b), factor));
        expect(scaled.difference).toBeCloseTo(plain.difference * factor, 8);
        expect(pValueHigher(scaled)).toBeCloseTo(pValueHigher(plain), 6);
      }),
    );
  });

  it('proves nothing where nothing varies', () => {
    const same = momentsOf([[3], [3], [3]]);
    const test = scoreTest(same, same);
    expect(test).toMatchObject({ difference: 0, standardError: 0 });
    expect([pValueHigher(test), pValueLower(test)]).toEqual([1, 1]);
  });

  it('cannot call harm on two units per arm, however bad they are', () => {
    expect(pValueHigher(scoreTest(momentsOf([[1], [1]]), momentsOf([[0], [0]])))).toBeGreaterThan(0.05);
  });
});
