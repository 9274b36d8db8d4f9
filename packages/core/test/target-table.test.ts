import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../src/evaluation/evaluation.ts';
import { TargetTable } from '../src/evaluation/target-table.ts';
import { unit } from './condition-arbitraries.ts';

const answer = (value: number): Evaluation => ({ value, reason: 'TARGETING_MATCH', flagMetadata: {} });

describe('a table of targets', () => {
  it('finds every unit that it holds, and no other, few or many', () => {
    const units = fc.uniqueArray(unit, { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(units, fc.array(unit), (held, others) => {
        const table = new TargetTable(held.map((each, index) => [each, answer(index)]));
        for (const [index, each] of held.entries()) expect(table.get(each)?.value).toBe(index);
        for (const each of others) if (!held.includes(each)) expect(table.get(each)).toBeUndefined();
      }),
    );
  });

  it('holds a hundred thousand', () => {
    const table = new TargetTable(Array.from({ length: 100_000 }, (_, index) => [`user-${index}`, answer(index)]));
    for (let index = 0; index < 100_000; index++) {
      if (table.get(`user-${index}`)?.value !== index || table.get(`other-${index}`) !== undefined) {
        expect.fail(`was wrong about number ${index}`);
      }
    }
  });
});
