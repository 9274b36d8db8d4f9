import { expect, it } from 'vitest';
import { unleash } from '../src/bucketing/vendors/unleash.ts';

const values = ['ada', '', 42, 0, true, false, null, undefined, ['a', 1], []];

it('a stickiness by name prints every value that is there', () => {
  for (const purpose of ['enter', 'split'] as const) {
    expect(values.map((value) => unleash.unitOf(value, purpose, true))).toEqual([
      'ada',
      undefined,
      '42',
      '0',
      'true',
      'false',
      undefined,
      undefined,
      'a,1',
      undefined,
    ]);
  }
});

it('the default stickiness enters by whatever is truthy, and splits by strings alone', () => {
  const none = undefined;
  const entering = ['ada', none, '42', none, 'true', none, none, none, 'a,1', ''];
  expect(values.map((value) => unleash.unitOf(value, 'enter', false))).toEqual(entering);
  expect(values.map((value) => unleash.unitOf(value, 'split', false))).toEqual(['ada', ...Array(9).fill(none)]);
});

it('lets in whom Unleash counts up to the percentage, from 1', () => {
  for (const percentage of [-1, 0, 0.5, 1, 1.5, 12.999, 13, 99, 99.9, 100, 101]) {
    const below = unleash.enterBelow(percentage);
    for (let place = 0; place < 100; place++) {
      expect(place < below, `${place} at ${percentage}%`).toBe(percentage > 0 && place + 1 <= percentage);
    }
  }
});

it('lets a unit that is missing in at 100% of the default stickiness alone, with the part of the empty unit', () => {
  expect(unleash.entersWithoutUnit(true, false)).toBe(true);
  expect([unleash.entersWithoutUnit(true, true), unleash.entersWithoutUnit(false, false)]).toEqual([false, false]);
  const { choose } = unleash.compileSplit([1, 1, 1].map((weight) => ({ variant: 'v', weight })));
  for (const group of ['a', 'b', 'c', 'd']) expect(choose(group, undefined)).toBe(choose(group, ''));
});

it('gives nobody a part where all weights are 0', () => {
  const { choose, shares } = unleash.compileSplit([0, 0].map((weight) => ({ variant: 'v', weight })));
  expect([choose('group', 'ada'), choose('group', undefined), ...shares]).toEqual([-1, -1, 0, 0]);
});
