import { compileDocument, evaluate } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { growthbookImporter } from '../src/growthbook/growthbook-importer.ts';
import { percentageOf } from '../src/growthbook/spread.ts';

describe('the percentage of a coverage', () => {
  it.each([
    ['growthbook-1', 1000],
    ['growthbook-2', 10_000],
  ] as const)('of %s is one that holds the same of its %d places', (bucketing, places) => {
    for (let place = 0; place <= places; place++) {
      const percentage = percentageOf(place / places, bucketing);
      // A place is in if it is not beyond the coverage.
      expect([place, place / places <= percentage / 100, (place + 1) / places <= percentage / 100]).toEqual([
        place,
        true,
        false,
      ]);
    }
  });

  it('lets nobody in at 0 and everybody at 1', () => {
    for (const [coverage, value] of [
      [0, false],
      [1, true],
    ] as const) {
      const features = { f: { defaultValue: false, rules: [{ force: true, coverage }] } };
      const flags = compileDocument(growthbookImporter.convert({ features }).document ?? { sluice: 1 });
      for (let index = 0; index < 2000; index++)
        expect(evaluate(flags, 'f', { targetingKey: `${index}` }).value).toBe(value);
    }
  });
});
