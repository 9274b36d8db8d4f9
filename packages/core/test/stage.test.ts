import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document/document.ts';
import type { Flag, Rule } from '../src/document/flag.ts';
import { compiled } from './compiled.ts';

const rule: Rule = { name: 'eu', when: { inSegment: 'eu', plan: 'pro' }, rollout: { percentage: 50, serve: 'b' } };
const flag: Flag = {
  variants: { a: { model: 'x', n: 1 }, b: { model: 'y' }, c: { model: 'z' }, unused: {} },
  control: 'a',
  rules: [rule],
  rollout: { percentage: 10, split: { b: 1, c: 1 } },
};
const segments = { eu: { when: { inSegment: 'de' } }, de: { when: { country: 'DE' } }, other: { when: { x: 1 } } };

function stages(
  changed: Flag,
  rest: Partial<Document> = {},
): { rollout: string | undefined; rule: string | undefined } {
  const f = compiled({ segments, ...rest, flags: { ...rest.flags, f: changed } }).flags.get('f');
  return { rollout: f?.rollout?.stage, rule: f?.rules.find(({ name }) => name === 'eu')?.rollout?.stage };
}

const before = stages(flag);
const withRule = (change: Partial<Rule>): Flag => ({ ...flag, rules: [{ ...rule, ...change }] });

describe('a stage ends, and another begins, with a change of', () => {
  const both: readonly [what: string, changed: Flag][] = [
    ['the salt', { ...flag, salt: 'g' }],
    ['the unit', { ...flag, unit: 'conversationId' }],
    ['control', { ...flag, control: 'unused' }],
    ['a payload that is served', { ...flag, variants: { ...flag.variants, b: { model: 'y2' } } }],
    ["control's payload", { ...flag, variants: { ...flag.variants, a: { model: 'x', n: 2 } } }],
  ];
  it.each(both)('%s', (_, changed) => {
    const after = stages(changed);
    expect(after.rollout).not.toBe(before.rollout);
    expect(after.rule).not.toBe(before.rule);
  });

  it('who is kept out: by prerequisites, by the slots or the layer, by the holdout', () => {
    const whole = (changed: Flag, slots = 4, percentage = 5) =>
      stages(
        { ...flag, ...changed },
        { layers: { room: { slots } }, holdouts: { h: { percentage } }, flags: { g: {} } },
      );
    const [first, second] = [[0, 1] as const, [1, 2] as const];
    const changes = [
      whole({}),
      whole({ prerequisites: { g: ['on'] } }),
      whole({ layer: { name: 'room', slots: first } }),
      whole({ layer: { name: 'room', slots: second } }),
      whole({ layer: { name: 'room', slots: first } }, 5),
      whole({ holdout: 'h' }),
      whole({ holdout: 'h' }, 4, 6),
    ];
    expect(changes[0]).toEqual(before);
    expect(new Set(changes.map(({ rollout }) => rollout)).size).toBe(changes.length);
    expect(new Set(changes.map((each) => each.rule)).size).toBe(changes.length);
  });

  it('the percentage, the weights or the variant of that rollout alone', () => {
    const rollouts = [
      { percentage: 11, split: { b: 1, c: 1 } },
      { percentage: 10, split: { b: 1, c: 2 } },
      { percentage: 10, serve: 'b' },
    ];
    const names = rollouts.map((rollout) => stages({ ...flag, rollout }));
    expect(new Set([before.rollout, ...names.map((each) => each.rollout)]).size).toBe(4);
    expect(new Set([before.rule, ...names.map((each) => each.rule)]).size).toBe(1);
  });

  it("a rule's condition, its name, or a segment behind it, for that rule alone", () => {
    const changes = [
      stages(withRule({ when: { inSegment: 'eu' } })),
      stages(withRule({ when: { inSegment: 'eu', plan: 'free' } })),
      stages(withRule({ prerequisites: { g: ['on'] } }), { flags: { g: {} } }),
      stages(flag, { segments: { ...segments, de: { when: { country: ['DE', 'AT'] } } } }),
    ];
    expect(new Set([before.rule, ...changes.map((each) => each.rule)]).size).toBe(5);
    expect(new Set([before.rollout, ...changes.map((each) => each.rollout)]).size).toBe(1);
    const renamed = compiled({ segments, flags: { f: withRule({ name: 'europe' }) } }).flags.get('f');
    expect(renamed?.rules[0]?.rollout?.stage).toBe(before.rule?.replace('eu/', 'europe/'));
  });
});

describe('a stage goes on through a change of', () => {
  const changes: readonly [what: string, changed: Flag, rest?: Partial<Document>][] = [
    [
      'the order of keys',
      {
        rollout: { split: { c: 1, b: 1 }, percentage: 10 },
        rules: [{ rollout: { serve: 'b', percentage: 50 }, when: { plan: 'pro', inSegment: 'eu' }, name: 'eu' }],
        control: 'a',
        variants: { unused: {}, c: { model: 'z' }, b: { model: 'y' }, a: { n: 1, model: 'x' } },
      },
    ],
    [
      'the description, the kind, the risk or the ramp',
      { ...flag, description: 'x', kind: 'model', risk: 'low', ramp: 'auto' },
    ],
    ['what is required', { ...flag, requires: ['s'] }, { switches: { s: {} } }],
    ['the payload of a variant that is not served', { ...flag, variants: { ...flag.variants, unused: { x: 1 } } }],
    ['the variants that there are', { ...flag, variants: { ...flag.variants, another: {} } }],
    ['other flags', flag, { flags: { g: { rollout: { percentage: 1, serve: 'on' } } } }],
    ['the version and the flag set', flag, { version: '2', flagSetId: 'x' }],
    ['a segment that it does not name', flag, { segments: { ...segments, other: { when: { x: 2 } } } }],
    [
      'a description of a segment',
      flag,
      { segments: { ...segments, de: { description: 'x', when: { country: 'DE' } } } },
    ],
    [
      'a default that is written out',
      { ...flag, salt: 'f', unit: 'targetingKey', bucketing: 'sluice-1', enabled: true },
    ],
    ['a later rule', { ...flag, rules: [rule, { when: { x: 1 }, serve: 'c' }] }],
  ];
  it.each(changes)('%s', (_, changed, rest) => {
    expect(stages(changed, rest)).toEqual(before);
  });
});

describe("a writer's own count", () => {
  it('is the stage, whatever else changes', () => {
    const at = (percentage: number, stage: number) =>
      stages({ ...flag, rollout: { percentage, serve: 'b', stage } }).rollout;
    expect([at(1, 3), at(2, 3), at(2, 4), at(2, 0)]).toEqual(['3', '3', '4', '0']);
  });

  it("of a rule carries the rule's name, or its place", () => {
    const rollout = { percentage: 1, serve: 'b', stage: 3 };
    const rules = compiled({
      flags: {
        f: {
          ...flag,
          rules: [
            { name: 'eu', when: { a: 1 }, rollout },
            { when: { a: 2 }, rollout },
          ],
        },
      },
    }).flags.get('f')?.rules;
    expect(rules?.map((each) => each.rollout?.stage)).toEqual(['eu/3', 'rule-2/3']);
  });
});

it('two flags that are alike have stages of their own, because their salts differ', () => {
  const flags = compiled({ segments, flags: { f: flag, g: flag } }).flags;
  expect(flags.get('f')?.rollout?.stage).not.toBe(flags.get('g')?.rollout?.stage);
});
