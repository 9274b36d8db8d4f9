import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignments, StickyAssignment } from '../src/contracts/assignments.ts';
import type { SwitchState } from '../src/contracts/switches.ts';
import type { Flag, Rule } from '../src/document/flag.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { explain } from '../src/evaluation/explain.ts';
import { percentage } from './arbitraries.ts';
import { compiled, compiledFlag } from './compiled.ts';
import { unit } from './condition-arbitraries.ts';

function inMemory(): Assignments & { readonly kept: Map<string, StickyAssignment> } {
  const kept = new Map<string, StickyAssignment>();
  return {
    kept,
    get: (flag, each) => kept.get(`${flag}/${each}`),
    set: (flag, each, assignment) => void kept.set(`${flag}/${each}`, assignment),
    delete: (flag, each) => void kept.delete(`${flag}/${each}`),
  };
}

const sticky = (rollout: Flag['rollout'], more: Flag = {}): Flag => ({
  variants: { control: 'c', a: 'A', b: 'B' },
  control: 'control',
  sticky: true,
  ...more,
  ...(rollout === undefined ? {} : { rollout }),
});
const everyone = (serve: string) => ({ percentage: 100, split: { [serve]: 1, b: 0 } });
const state = (on: boolean, since: number): SwitchState => ({ on, since, by: 'ada', why: 'test' });
const ada = { targetingKey: 'ada' };

describe('a sticky flag', () => {
  it('keeps every unit in its variant, whatever becomes of percentage and weights', () => {
    const rollout = fc.record({
      percentage,
      split: fc.record({ a: fc.integer({ min: 1, max: 9 }), b: fc.integer({ min: 0, max: 9 }) }),
    });
    fc.assert(
      fc.property(fc.array(rollout, { minLength: 2 }), fc.array(unit, { minLength: 5 }), (rollouts, units) => {
        const assignments = inMemory();
        const given = new Map<string, string | undefined>();
        for (const each of rollouts) {
          const flags = compiledFlag(sticky(each));
          for (const targetingKey of units) {
            const { variant } = evaluate(flags, 'f', { targetingKey }, { assignments });
            if (given.has(targetingKey)) expect(variant).toBe(given.get(targetingKey));
            given.set(targetingKey, variant);
          }
        }
      }),
    );
  });

  it('answers as if nothing were kept while the hash agrees, and says so where it does not', () => {
    const assignments = inMemory();
    const before = compiledFlag(sticky(everyone('a')));
    const fresh = evaluate(before, 'f', ada, { assignments });
    expect(evaluate(before, 'f', ada, { assignments })).toBe(fresh);
    const after = compiledFlag(sticky({ percentage: 100, serve: 'b' }));
    const { steps, evaluation } = explain(after, 'f', ada, { assignments });
    expect(evaluation).toMatchObject({ value: 'A', variant: 'a', reason: 'SPLIT' });
    expect(evaluation.flagMetadata).toMatchObject({ 'sluice.sticky': true, 'experiment.arm': 'none' });
    expect(steps.at(-1)).toEqual({ step: 'sticky', variant: 'a' });
    expect(evaluate(after, 'f', ada).variant).toBe('b');
  });

  it('answers as if nothing were kept also where a rule let the unit go on to what it gets', () => {
    const assignments = inMemory();
    const rules: Rule[] = [{ when: { plan: 'pro' }, rollout: { percentage: 0, serve: 'b' }, otherwise: 'next' }];
    const flags = compiledFlag(sticky({ percentage: 50, serve: 'a' }, { rules }));
    const people = Array.from({ length: 50 }, (_, index) => ({ targetingKey: `user-${index}`, plan: 'pro' }));
    const ask = () => people.map((context) => evaluate(flags, 'f', context, { assignments }));
    const fresh = ask();
    expect(new Set(fresh.map(({ flagMetadata }) => flagMetadata['experiment.arm'])).has('candidate')).toBe(true);
    for (const [index, again] of ask().entries()) expect(again).toBe(fresh[index]);
  });

  it('keeps what came of a hash: also a variant that a rule serves to units which did not enter the one before', () => {
    const declared = (percentage: number) => {
      const rules: Rule[] = [{ when: { plan: 'pro' }, rollout: { percentage, serve: 'a' }, otherwise: 'next' }];
      return compiledFlag(sticky(undefined, { rules: [...rules, { when: { plan: 'pro' }, serve: 'b' }] }));
    };
    const context = { ...ada, plan: 'pro' };
    for (const [first, then, variant] of [
      [0, 100, 'b'],
      [100, 0, 'a'],
    ] as const) {
      const assignments = inMemory();
      expect(evaluate(declared(first), 'f', context, { assignments }).variant).toBe(variant);
      expect(evaluate(declared(then), 'f', context, { assignments }).variant).toBe(variant);
    }
  });

  it('is neither assigned nor forgotten by an explanation', () => {
    const assignments = inMemory();
    const flags = compiledFlag(sticky(everyone('a')));
    expect(explain(flags, 'f', ada, { assignments }).evaluation.variant).toBe('a');
    expect(assignments.kept.size).toBe(0);
    evaluate(flags, 'f', ada, { assignments });
    explain(compiledFlag(sticky(everyone('a'), { enabled: false })), 'f', ada, { assignments });
    expect(assignments.kept.size).toBe(1);
  });

  it('asks for no assignment where a target or a rule serves, and keeps none then', () => {
    const assignments = inMemory();
    const targeted = sticky(everyone('a'), { targets: { b: ['ada'] }, rules: [{ when: { plan: 'pro' }, serve: 'b' }] });
    const flags = compiledFlag(targeted);
    expect(evaluate(flags, 'f', ada, { assignments }).variant).toBe('b');
    expect(evaluate(flags, 'f', { targetingKey: 'bob', plan: 'pro' }, { assignments }).variant).toBe('b');
    expect(assignments.kept.size).toBe(0);
  });

  it('buckets anew once an assignment has expired', () => {
    const assignments = inMemory();
    const at = (now: number, serve: string) =>
      evaluate(compiledFlag(sticky({ percentage: 100, serve }, { sticky: { ttlSeconds: 60 } })), 'f', ada, {
        assignments,
        now: () => now,
      }).variant;
    expect([at(0, 'a'), at(59_999, 'b'), at(60_000, 'b'), at(60_001, 'a')]).toEqual(['a', 'a', 'b', 'b']);
  });

  it('forgets a unit that it meets while it is killed, stopped by a switch or disabled', () => {
    const off = [
      { switches: { switches: new Map(), flags: new Map([['f', state(false, 1)]]) } },
      { switches: { switches: new Map([['s', state(false, 1)]]), flags: new Map() } },
    ];
    const declared = (serve: string, more: Flag = {}) =>
      compiled({
        switches: { s: {} },
        flags: { f: sticky({ percentage: 100, serve }, { requires: ['s'], ...more }) },
      });
    for (const situation of [...off, {}]) {
      const assignments = inMemory();
      evaluate(declared('a'), 'f', ada, { assignments });
      evaluate(declared('a', 'switches' in situation ? {} : { enabled: false }), 'f', ada, {
        ...situation,
        assignments,
      });
      expect(evaluate(declared('b'), 'f', ada, { assignments }).variant).toBe('b');
    }
  });

  it('buckets anew whoever was assigned before the flag, or a switch that it requires, was last switched on', () => {
    for (const switched of [
      { switches: new Map(), flags: new Map([['f', state(true, 1000)]]) },
      { switches: new Map([['s', state(true, 1000)]]), flags: new Map() },
    ]) {
      const flags = (serve: string) =>
        compiled({ switches: { s: {} }, flags: { f: sticky({ percentage: 100, serve }, { requires: ['s'] }) } });
      const variants = [999, 1000].map((now) => {
        const assignments = inMemory();
        evaluate(flags('a'), 'f', ada, { assignments, now: () => now });
        return evaluate(flags('b'), 'f', ada, { assignments, switches: switched }).variant;
      });
      expect(variants).toEqual(['b', 'a']);
    }
  });

  it('drops an assignment to a variant that is not there any more', () => {
    const assignments = inMemory();
    evaluate(compiledFlag(sticky(everyone('a'))), 'f', ada, { assignments });
    const flags = compiledFlag({
      variants: { control: 'c', b: 'B' },
      control: 'control',
      sticky: true,
      rollout: { percentage: 100, serve: 'b' },
    });
    expect(evaluate(flags, 'f', ada, { assignments }).variant).toBe('b');
    expect(assignments.kept.get('f/ada')?.variant).toBe('b');
  });

  it('keeps control as well, also where control is the caller’s default', () => {
    const assignments = inMemory();
    const declared = (rolled: number) =>
      compiledFlag({ variants: { a: 'A' }, control: null, sticky: true, rollout: { percentage: rolled, serve: 'a' } });
    expect(evaluate(declared(0), 'f', ada, { assignments }).variant).toBeUndefined();
    expect(evaluate(declared(100), 'f', ada, { assignments }).variant).toBeUndefined();
  });

  it('keeps nothing for a unit that is missing, and errs as any other flag does', () => {
    const assignments = inMemory();
    const flags = compiledFlag(sticky({ percentage: 50, serve: 'a' }));
    expect(evaluate(flags, 'f', {}, { assignments }).errorCode).toBe('TARGETING_KEY_MISSING');
    expect(assignments.kept.size).toBe(0);
  });
});
