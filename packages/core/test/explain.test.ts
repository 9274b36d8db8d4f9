import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwitchState } from '../src/contracts/switches.ts';
import type { Rule } from '../src/document/flag.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { explain } from '../src/evaluation/explain.ts';
import type { TraceStep } from '../src/evaluation/trace.ts';
import { document } from './arbitraries.ts';
import { compiled, compiledFlag } from './compiled.ts';
import { context } from './condition-arbitraries.ts';
import { targetedDocument } from './targeted-documents.ts';

const off: SwitchState = { on: false, since: 0, by: 'ops', why: 'smoke' };

const flags = compiled({
  switches: { s: {}, t: { enabled: false } },
  flags: {
    f: {
      requires: ['s'],
      variants: { a: 'A', b: 'B', c: 'C' },
      control: 'a',
      rules: [
        { name: 'eu', when: { country: 'DE' }, serve: 'b' },
        { when: { plan: 'pro' }, rollout: { percentage: 50, split: { b: 1, c: 1 } } },
      ],
    },
    disabled: { enabled: false },
    stopped: { requires: ['s', 't'] },
    full: { rollout: { percentage: 100, serve: 'on' } },
  },
});

const steps = (key: string, given: Record<string, unknown>, killed: string[] = []): readonly string[] => {
  const states = { switches: new Map(), flags: new Map(killed.map((each) => [each, off])) };
  return explain(flags, key, given, { switches: states }).steps.map((each: TraceStep) =>
    [each.step, 'name' in each ? each.name : '', 'passed' in each ? each.passed : ''].join(' ').trim(),
  );
};

describe('an explanation', () => {
  it('holds the very evaluation that evaluate gives', () => {
    fc.assert(
      fc.property(fc.oneof(document, targetedDocument), context, fc.boolean(), (each, given, killed) => {
        const all = compileDocument(each);
        for (const key of [...all.flags.keys(), ...all.switches.keys(), 'no such flag']) {
          const states = { switches: new Map([['search', off]]), flags: new Map([[key, off]]) };
          const situation = killed ? { switches: states } : {};
          expect(explain(all, key, given, situation).evaluation).toEqual(evaluate(all, key, given, situation));
        }
      }),
    );
  });

  it('holds it also where an attribute by which rules are found cannot be read', () => {
    const rules = Array.from({ length: 20 }, (_, index): Rule => ({ when: { country: `c${index}` }, serve: 'off' }));
    const indexed = compiledFlag({ rules: [{ when: { plan: 'pro' }, serve: 'on' }, ...rules] });
    const unreadable = (plan: string) => ({
      plan,
      get country(): string {
        throw new Error('no country');
      },
    });
    for (const plan of ['pro', 'free']) {
      const answer = evaluate(indexed, 'f', unreadable(plan));
      expect(answer.reason).toBe(plan === 'pro' ? 'TARGETING_MATCH' : 'ERROR');
      expect(explain(indexed, 'f', unreadable(plan)).evaluation).toEqual(answer);
    }
  });

  it('ends with the step that decided', () => {
    fc.assert(
      fc.property(fc.oneof(document, targetedDocument), context, (each, given) => {
        const all = compileDocument(each);
        for (const key of [...all.flags.keys(), ...all.switches.keys()]) {
          const { evaluation, steps: taken } = explain(all, key, given);
          const last = taken.at(-1);
          if (evaluation.reason === 'ERROR') continue;
          if (evaluation.reason === 'DISABLED') expect(last).toEqual({ step: 'enabled', passed: false });
          else if (evaluation.reason === 'SPLIT') expect(['rollout', 'holdout', 'layer']).toContain(last?.step);
          else if (evaluation.reason === 'TARGETING_MATCH') expect(['rule', 'target']).toContain(last?.step);
          else if ('switch' in evaluation.flagMetadata) {
            const killed = all.flags.has(key) && evaluation.flagMetadata['switch'] === key;
            expect(last).toMatchObject({ step: killed ? 'killed' : 'switch', passed: false });
          } else if (!all.flags.has(key)) expect(last).toEqual({ step: 'switch', name: key, passed: true });
          else if (last?.step === 'prerequisite') expect(last.passed).toBe(false);
          else expect(last).toEqual({ step: 'control' });
          // A rollout that is not the last was not entered, and its rule said that the next one decides.
          const undecided = taken
            .slice(0, -1)
            .filter((step) => step.step === 'control' || (step.step === 'rollout' && step.entered));
          expect(undecided).toEqual([]);
        }
      }),
    );
  });

  it('tells the order, with what did not decide', () => {
    expect(steps('f', { country: 'DE' })).toEqual(['switch s true', 'rule eu true']);
    expect(steps('f', { country: 'US' })).toEqual(['switch s true', 'rule eu false', 'rule rule-2 false', 'control']);
    expect(steps('f', { plan: 'pro', targetingKey: 'ada' })).toEqual([
      'switch s true',
      'rule eu false',
      'rule rule-2 true',
      'rollout',
    ]);
    expect(steps('f', { country: 'DE' }, ['f'])).toEqual(['killed  false']);
    expect(steps('disabled', {}, ['disabled'])).toEqual(['enabled  false']);
    expect(steps('stopped', {})).toEqual(['switch s true', 'switch t false']);
    expect(steps('t', {})).toEqual(['switch t false']);
    expect(steps('nothing', {})).toEqual([]);
  });

  it('holds the numbers of a rollout', () => {
    const rollout = flags.flags.get('f')?.rules[1]?.rollout;
    const [enter, split] = [flags.hash('ada', rollout?.seeds.enter ?? 0), flags.hash('ada', rollout?.seeds.split ?? 0)];
    const entered = enter < 2 ** 31;
    expect(explain(flags, 'f', { plan: 'pro', targetingKey: 'ada' }).steps.at(-1)).toEqual({
      step: 'rollout',
      rollout,
      unit: 'ada',
      position: enter,
      entered,
      split: entered ? split : undefined,
      compared: entered || enter >= 2 ** 32 - 2 ** 30,
    });
    expect(explain(flags, 'full', {}).steps).toEqual([
      expect.objectContaining({ step: 'rollout', unit: undefined, entered: true, compared: false }),
    ]);
  });
});
