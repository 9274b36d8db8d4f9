import { describe, expect, it } from 'vitest';
import { POSITIONS, positionOf, type Seeds, seedsOf } from '../../src/bucketing/bucket.ts';
import { xxh32 } from '../../src/bucketing/hash.ts';

/**
 * Critical values of chi-square at 1e-6, by degrees of freedom (`scipy.stats.chi2.isf(1e-6, df)`): a sound hash passes any
 * one of these tests but one time in a million. Nothing here is random, so what passes once passes always.
 */
const CRITICAL: Readonly<Record<number, number>> = { 1: 23.928, 225: 340.586, 255: 377.078 };
const UNITS = 100_000;

const uuid = (index: number): string => {
  const hex = [1, 2, 3, 4].map((part) => xxh32(`${index}`, part).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
const kinds: Readonly<Record<string, (index: number) => string>> = {
  'sequential numbers': (index) => String(index),
  'numbers of a million and more': (index) => String(1_000_000 + index),
  'user-000001': (index) => `user-${String(index).padStart(6, '0')}`,
  uuids: uuid,
  emails: (index) => `${['ada', 'grace', 'alan', 'edsger'][index % 4]}.${index >> 2}@example.com`,
};

function chiSquare(counts: readonly number[], expected: (cell: number) => number): number {
  return counts.reduce((sum, count, cell) => sum + (count - expected(cell)) ** 2 / expected(cell), 0);
}

function positions(unit: (index: number) => string, seed: number): readonly number[] {
  return Array.from({ length: UNITS }, (_, index) => positionOf(unit(index), seed, xxh32));
}

/** The chi-square of independence of two lists of positions, each cut into this many equal cells. */
function dependence(left: readonly number[], right: readonly number[], cells: number): number {
  const counts: number[] = Array(cells * cells).fill(0);
  const cell = (position: number): number => Math.floor((position / POSITIONS) * cells);
  left.forEach((position, index) => {
    const at = cell(position) * cells + cell(right[index] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  });
  const sum = (test: (at: number) => boolean): number =>
    counts.reduce((total, count, at) => (test(at) ? total + count : total), 0);
  const rows = Array.from({ length: cells }, (_, row) => sum((at) => Math.floor(at / cells) === row));
  const columns = Array.from({ length: cells }, (_, column) => sum((at) => at % cells === column));
  return chiSquare(counts, (at) => ((rows[Math.floor(at / cells)] ?? 0) * (columns[at % cells] ?? 0)) / UNITS);
}

/** The chi-square of two halves: whether who enters one rollout at 50% says anything about who enters the other. */
const expectIndependent = (left: readonly number[], right: readonly number[]): void => {
  expect(dependence(left, right, 2)).toBeLessThan(CRITICAL[1] ?? 0);
  expect(dependence(left, right, 16)).toBeLessThan(CRITICAL[225] ?? 0);
};

describe.each(Object.entries(kinds))('100,000 units that are %s', (_, unit) => {
  it('fall evenly into 256 cells, under every salt and both seeds', () => {
    for (const salt of ['flag-1', 'flag-2', 'a', '', 'support-model']) {
      for (const seed of Object.values<number>({ ...seedsOf(salt) })) {
        const counts: number[] = Array(256).fill(0);
        for (const position of positions(unit, seed)) counts[position >>> 24] = (counts[position >>> 24] ?? 0) + 1;
        expect(chiSquare(counts, () => UNITS / 256)).toBeLessThan(CRITICAL[255] ?? 0);
      }
    }
  });

  it('enter a rollout at 1% in the number that is meant, within 5 standard deviations', () => {
    for (const salt of ['flag-1', 'flag-2', 'a', '', 'support-model']) {
      const entered = positions(unit, seedsOf(salt).enter).filter((position) => position < POSITIONS / 100).length;
      expect(Math.abs(entered - UNITS / 100)).toBeLessThan(5 * Math.sqrt(UNITS * 0.01 * 0.99));
    }
  });

  it('enter flags with neighbouring names independently', () => {
    for (const [left, right] of [
      ['flag-1', 'flag-2'],
      ['a', 'b'],
      ['aa', 'ab'],
      ['a', 'aa'],
      ['flag', 'flag '],
      ['model', 'Model'],
    ]) {
      expectIndependent(positions(unit, seedsOf(left ?? '').enter), positions(unit, seedsOf(right ?? '').enter));
    }
  });

  it('enter a rollout independently of their place in its split', () => {
    for (const salt of ['flag-1', 'a', '', 'support-model']) {
      const seeds: Seeds = seedsOf(salt);
      expectIndependent(positions(unit, seeds.enter), positions(unit, seeds.split));
    }
  });
});

it('the bounds tell a dependence where there is one', () => {
  const unit = kinds['uuids'] ?? String;
  const left = positions(unit, 1);
  const leaning = left.map((position, index) => (index % 40 === 0 ? position : positionOf(unit(index), 2, xxh32)));
  expect(dependence(left, leaning, 2)).toBeGreaterThan(CRITICAL[1] ?? 0);
  expect(dependence(left, leaning, 16)).toBeGreaterThan(CRITICAL[225] ?? 0);
});
