import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rollout } from '../../src/document/rollout.ts';
import { compileDocument } from '../../src/evaluation/compile.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { document, percentage } from '../arbitraries.ts';
import { compiledFlag } from '../compiled.ts';
import { context, unit } from '../condition-arbitraries.ts';

describe('the law of the ramp', () => {
  const variants = { control: 0, a: 1, b: 2, c: 3 };
  const split = fc.dictionary(fc.constantFrom('control', 'a', 'b', 'c'), fc.integer({ min: 1, max: 50 }), {
    minKeys: 1,
    noNullPrototype: true,
  });
  const served = fc.oneof(fc.record({ serve: fc.constantFrom('a', 'b', 'c') }), fc.record({ split }));
  const units = fc.array(unit, { minLength: 50, maxLength: 50 });
  const place = fc.constantFrom('flag', 'rule');

  it('raising one percentage only moves units from control into that rollout: never back, never between variants', () => {
    let moved = 0;
    fc.assert(
      fc.property(document, served, percentage, percentage, units, place, (each, what, p, q, all, where) => {
        const at = (percent: number) => {
          const rollout: Rollout = { percentage: percent, ...what };
          const flag =
            where === 'flag'
              ? { rollout }
              : { rules: [{ when: { in: true }, rollout }], rollout: { percentage: 7, serve: 'b' } };
          const flags = compileDocument({
            ...each,
            flags: { ...each.flags, ramped: { salt: each.version ?? 'ramped', variants, control: 'control', ...flag } },
          });
          return (targetingKey: string) => evaluate(flags, 'ramped', { targetingKey, in: true }).variant;
        };
        const [before, after] = [at(Math.min(p, q)), at(Math.max(p, q))];
        for (const one of all) {
          if (before(one) === after(one)) continue;
          moved++;
          expect(before(one)).toBe('control');
        }
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(1000);
  });

  it('raising the percentage of one flag moves no unit of another', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(0, 1, 2, 3), percentage, context, (each, which, percent, given) => {
        const keys = Object.keys(each.flags ?? {});
        const key = keys[which % keys.length] ?? '';
        const flag = each.flags?.[key];
        const rollout = flag?.rollout;
        if (flag === undefined || rollout === undefined) return;
        const raised = {
          ...each,
          flags: { ...each.flags, [key]: { ...flag, rollout: { ...rollout, percentage: percent } } },
        };
        const [before, after] = [compileDocument(each), compileDocument(raised)];
        for (const other of keys.filter((name) => name !== key)) {
          expect(evaluate(after, other, given).variant).toBe(evaluate(before, other, given).variant);
        }
      }),
    );
  });

  it('a rollout that is opened to everybody gives everybody what those inside got', () => {
    fc.assert(
      fc.property(split, percentage, units, (weights, percent, all) => {
        const at = (each: number) =>
          compiledFlag({ variants, control: 'control', rollout: { percentage: each, split: weights } });
        const [some, full] = [at(percent), at(100)];
        const enter = some.flags.get('f')?.rollout?.enter ?? 0;
        for (const targetingKey of all) {
          const position = some.hash(targetingKey, some.flags.get('f')?.rollout?.seeds.enter ?? 0);
          const inside = evaluate(full, 'f', { targetingKey }).variant;
          expect(evaluate(some, 'f', { targetingKey }).variant).toBe(position < enter ? inside : 'control');
        }
      }),
    );
  });
});
