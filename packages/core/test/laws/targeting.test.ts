import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Flag, Rule } from '../../src/document/flag.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { metadataKeys } from '../../src/evaluation/evaluation.ts';
import { compiled } from '../compiled.ts';
import { unit } from '../condition-arbitraries.ts';

const units = fc.array(unit, { minLength: 20, maxLength: 40 });
const names = ['a', 'b', 'c', 'd'];
const open: Flag = { rollout: { percentage: 100, serve: 'on' } };

describe('the flags of a layer', () => {
  it('are never open to the same unit, whatever their slots, and together to every unit where they fill the layer', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(cuts, fc.string(), units, (some, salt, keys) => {
        const bounds = [0, ...some.sort((left, right) => left - right), 100];
        const flags = names.map((name, index): [string, Flag] => {
          const slots = [bounds[index] as number, bounds[index + 1] as number] as const;
          return [name, { ...open, layer: { name: 'room', slots } }];
        });
        const all = compiled({ layers: { room: { slots: 100, salt } }, flags: Object.fromEntries(flags) });
        for (const targetingKey of keys) {
          const inside = names.filter((name) => evaluate(all, name, { targetingKey }).variant === 'on');
          expect(inside).toHaveLength(1);
        }
      }),
    );
  });

  it('get units in proportion to their slots, and independently of where a rollout puts them', () => {
    const layer = { name: 'room', slots: [0, 30] } as const;
    const count = (percentage: number) => {
      const flag: Flag = { layer, rollout: { percentage, serve: 'on' } };
      const all = compiled({ layers: { room: { slots: 100 } }, flags: { f: flag } });
      const keys = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
      return keys.filter((targetingKey) => evaluate(all, 'f', { targetingKey }).variant === 'on').length;
    };
    // Three standard deviations of 20,000 units are about 200; the ids are always the same.
    expect(Math.abs(count(100) - 6000)).toBeLessThan(200);
    expect(Math.abs(count(50) - 3000)).toBeLessThan(200);
  });
});

describe('a holdout', () => {
  it('is never exposed to any flag that names it, by no rule and by no rollout', () => {
    const rules: readonly Rule[] = [{ when: { plan: 'pro' }, serve: 'on' }];
    const held: Flag = { ...open, rules, holdout: 'quarter' };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), units, (percentage, keys) => {
        const all = compiled({
          holdouts: { quarter: { percentage } },
          flags: { first: held, second: { ...held, salt: 'another' }, free: open },
        });
        for (const targetingKey of keys) {
          const [first, second] = ['first', 'second'].map((key) => evaluate(all, key, { targetingKey, plan: 'pro' }));
          // One holdout holds the same units out of all of its flags.
          expect(second?.variant).toBe(first?.variant);
          const isHeld = first?.flagMetadata[metadataKeys.holdout] === 'quarter';
          expect(first?.variant).toBe(isHeld ? 'off' : 'on');
          expect(evaluate(all, 'free', { targetingKey }).variant).toBe('on');
        }
      }),
    );
  });

  it('only grows with its percentage', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), units, (percentage, keys) => {
        const [small, large] = [percentage, percentage * 2].map((each) =>
          compiled({ holdouts: { h: { percentage: each } }, flags: { f: { ...open, holdout: 'h' } } }),
        );
        for (const targetingKey of keys) {
          const isHeld = (flags = small) => flags && evaluate(flags, 'f', { targetingKey }).variant === 'off';
          if (isHeld()) expect(isHeld(large)).toBe(true);
        }
      }),
    );
  });
});

describe('rules by the hundred', () => {
  const value = fc.constantFrom<string | number | boolean>('x', 'y', 'z', '1', 1, true);
  const asking = fc.oneof(
    value.map((country) => ({ country })),
    fc.array(value, { minLength: 1 }).map((country) => ({ country })),
    value.map((is) => ({ country: { is }, plan: 'pro' })),
    value.map((is) => ({ country: { some: { is } } })),
    fc
      .array(fc.constantFrom('x', '1', 'true'), { minLength: 1 })
      .map((list) => ({ country: { asText: { in: list } } })),
    value.map((country) => ({ any: [{ country }, { plan: 'pro' }] })),
    fc.constant({ plan: 'pro' }),
  );
  const contexts = fc.record(
    { country: fc.oneof(value, fc.array(value), fc.constant(null)), plan: fc.constantFrom('pro', 'free') },
    { requiredKeys: [] },
  );

  it('answer as if each were asked in turn, though an index is asked', () => {
    fc.assert(
      fc.property(
        fc.array(asking, { minLength: 8, maxLength: 40 }),
        fc.array(contexts, { minLength: 5 }),
        (whens, given) => {
          const variants = Object.fromEntries([...whens.keys(), 'none'].map((each) => [`v${each}`, `${each}`]));
          const rules = whens.map((when, index) => ({ when, serve: `v${index}` }));
          const all = compiled({ flags: { f: { variants, control: 'vnone', rules } } });
          const flag = all.flags.get('f');
          for (const context of given) {
            const first = flag?.rules.findIndex((rule) => rule.matches(context)) ?? -1;
            // Twice, as a value that was met before is answered from what was found then.
            for (const _ of [1, 2]) expect(evaluate(all, 'f', context).variant).toBe(first < 0 ? 'vnone' : `v${first}`);
          }
        },
      ),
    );
  });

  it('are found by the value of one attribute, and not walked', () => {
    const rules = Array.from({ length: 1000 }, (_, index): Rule => ({ when: { country: `c${index}` }, serve: 'on' }));
    const all = compiled({ flags: { f: { rules } } });
    expect(
      all.flags
        .get('f')
        ?.index?.candidates({ country: 'c999' })
        .map(({ name }) => name),
    ).toEqual(['rule-1000']);
    expect(all.flags.get('f')?.index?.candidates({ country: 'nowhere' })).toEqual([]);
  });
});
