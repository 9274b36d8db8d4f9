import { describe, expect, it } from 'vitest';
import { bucketRanges, pieces, usedWeights } from '../src/growthbook/bucket-ranges.ts';

describe('the ranges of an experiment', () => {
  it('start where those before it would end in full, and end at their share of the coverage', () => {
    expect(bucketRanges(2, 0.5, [0.2, 0.8])).toEqual([
      [0, 0.1],
      [0.2, 0.2 + 0.5 * 0.8],
    ]);
  });

  it.each([[[0.2, 0.2]], [[0.5, 0.52]], [[1]], [undefined]])('of weights %j are equal', (weights) => {
    expect(usedWeights(2, weights)).toEqual([0.5, 0.5]);
  });

  it('of weights that nearly add up are as they are', () => {
    expect(usedWeights(2, [0.505, 0.5])).toEqual([0.505, 0.5]);
  });

  it('belong to the first where they overlap, and to nobody in a gap', () => {
    expect(
      pieces([
        [0.4, 0.6],
        [0.1, 0.9],
        [-1, 0.2],
        [0.95, 2],
      ]),
    ).toEqual([
      { index: 2, range: [0, 0.1] },
      { index: 1, range: [0.1, 0.4] },
      { index: 0, range: [0.4, 0.6] },
      { index: 1, range: [0.6, 0.9] },
      { index: 3, range: [0.95, 1] },
    ]);
  });

  it('are one piece where another range ends within them, and two where nobody is between', () => {
    expect(
      pieces([
        [0, 1],
        [0.5, 0.6],
      ]),
    ).toEqual([{ index: 0, range: [0, 1] }]);
    expect(
      pieces([
        [0.5, 0.6],
        [0, 0.5],
        [0.6, 1],
      ]).map(({ range }) => range),
    ).toEqual([
      [0, 0.5],
      [0.5, 0.6],
      [0.6, 1],
    ]);
  });
});
