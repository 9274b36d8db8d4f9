import { describe, expect, it } from 'vitest';
import { sampleRatio } from '../src/sample-ratio.ts';
import { armSummary } from './fixtures/measured.ts';

const arm = (variant: string, exposedUnits: number, share?: number) => {
  const { share: _, ...summary } = armSummary(variant, 'candidate', {}, { exposedUnits });
  return share === undefined ? summary : { ...summary, share };
};

describe('sampleRatio', () => {
  it('is Pearson chi-square against the shares, which need not add up to one', () => {
    const { status, pValue, expected } = sampleRatio([arm('a', 520, 0.05), arm('b', 480, 0.05)]);
    expect(status).toBe('balanced');
    // Chi-square 1.6 at one degree of freedom.
    expect(pValue).toBeCloseTo(0.20590321073206466, 9);
    expect(expected).toEqual({ a: 500, b: 500 });
  });

  it('is a mismatch where units went missing', () => {
    const ratio = sampleRatio([arm('a', 1000, 0.05), arm('b', 800, 0.05)]);
    expect(ratio).toMatchObject({ status: 'mismatch', observed: { a: 1000, b: 800 } });
    expect(ratio.pValue).toBeLessThan(0.001);
  });

  it('expects unequal shares where the split is unequal', () => {
    expect(sampleRatio([arm('a', 3400, 0.34), arm('b', 3300, 0.33), arm('c', 3300, 0.33)])).toMatchObject({
      status: 'balanced',
      pValue: expect.closeTo(1, 10),
    });
    expect(sampleRatio([arm('a', 1000, 0.1), arm('b', 1000, 0.2)]).status).toBe('mismatch');
  });

  it.each([
    ['a share was not recorded', [arm('a', 500, 0.5), arm('b', 100)]],
    ['fewer than 8 units are expected in an arm', [arm('a', 700, 0.99), arm('b', 1, 0.01)]],
    ['there is one arm only', [arm('a', 500, 0.5)]],
    ['there is none', []],
  ])('is unknown where %s', (_, arms) => {
    expect(sampleRatio(arms).status).toBe('unknown');
  });
});
