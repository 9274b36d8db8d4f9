import type { Document, Flag, JsonValue } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import type { FlagdFlag } from '../src/flagd/export-flag.ts';
import { exportFlagd } from '../src/flagd/export-flagd.ts';

const variants = { a: 'A', b: 'B', c: 'C' };

function documentOf(flag: Flag, more: Partial<Document> = {}): Document {
  return { sluice: 1, ...more, flags: { colour: { variants, control: 'a', ...flag } } };
}

function exported(flag: Flag, more: Partial<Document> = {}): FlagdFlag {
  const { flags } = exportFlagd(documentOf(flag, more)).definitions;
  return flags['colour'] as FlagdFlag;
}

function notesOf(flag: Flag, more: Partial<Document> = {}): readonly (readonly [code: string, message: string])[] {
  return exportFlagd(documentOf(flag, more)).report.notes.map(({ code, message }) => [code, message] as const);
}

function conditionOf(when: NonNullable<Flag['rules']>[number]['when']): JsonValue {
  const { targeting } = exported({ rules: [{ when, serve: 'b' }] });
  return (targeting as { readonly if: readonly JsonValue[] }).if[0] ?? null;
}

describe('a flag exported to flagd', () => {
  it('has control as its default variant, and null where that is the application’s own default', () => {
    expect(exported({})).toEqual({ state: 'ENABLED', variants, defaultVariant: 'a' });
    expect(exported({ control: null, enabled: false })).toEqual({ state: 'DISABLED', variants, defaultVariant: null });
    const { flags } = exportFlagd({ sluice: 1, flags: { plain: {} } }).definitions;
    expect(flags['plain']).toEqual({ state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' });
  });

  it('tries targets and then its rules, in their order', () => {
    const rules = [
      { when: { country: ['DE', 'FR'], plan: 'pro' }, serve: 'b' },
      { when: { none: [{ beta: true }] }, serve: 'c' },
    ];
    expect(exported({ targets: { c: ['ann', 7] }, rules }).targeting).toEqual({
      if: [
        { in: [{ var: 'targetingKey' }, ['ann', '7', 7]] },
        'c',
        { and: [{ in: [{ var: 'country' }, ['DE', 'FR']] }, { '===': [{ var: 'plan' }, 'pro'] }] },
        'b',
        { '!': [{ '===': [{ var: 'beta' }, true] }] },
        'c',
        null,
      ],
    });
  });

  it('never takes a missing attribute for a 0', () => {
    expect(conditionOf({ age: { lt: 18 } })).toEqual({
      and: [{ '!==': [{ var: 'age' }, null] }, { '<': [{ var: 'age' }, 18] }],
    });
    expect(conditionOf({ age: { gte: 18 } })).toEqual({ '>=': [{ var: 'age' }, 18] });
    expect(conditionOf({ age: { not: 18 } })).toEqual({
      and: [{ '!==': [{ var: 'age' }, null] }, { '!==': [{ var: 'age' }, 18] }],
    });
  });

  it('keeps the buckets of flagd-2, and hashes nobody who has no unit', () => {
    const split = [
      { variant: 'b', weight: 1 },
      { variant: 'c', weight: 3 },
    ];
    const rollout = { bucketing: 'flagd-2', percentage: 100, split } as const;
    const parts = [
      ['b', 1],
      ['c', 3],
    ];
    expect(exported({ rollout }).targeting).toEqual({ fractional: parts });
    expect(exported({ rollout: { ...rollout, salt: 's-', unit: 'email' } }).targeting).toEqual({
      if: [
        { in: [{ var: 'email' }, [null, false, 0, '']] },
        null,
        { fractional: [{ cat: ['s-', { var: 'email' }] }, ...parts] },
      ],
    });
  });

  it('keeps the shares of sluice-1, and tells how many units move', () => {
    const flag: Flag = { rollout: { percentage: 10, serve: 'b' } };
    expect(exported(flag).targeting).toEqual({
      fractional: [
        ['b', 10],
        ['a', 90],
      ],
    });
    // The same as before are 0.1² + 0.9².
    expect(notesOf(flag)).toEqual([
      ['new-buckets', expect.stringContaining('18 % are expected to get another answer')],
    ]);
    expect(exported({ rollout: { percentage: 0.001, serve: 'b' } }).targeting).toEqual({
      fractional: [
        ['b', 1],
        ['a', 99_999],
      ],
    });
    expect(notesOf({ rollout: { percentage: 100, serve: 'b' } })).toEqual([]);
  });

  it('ends at what flagd cannot ask: those before it are served, everybody else gets control', () => {
    const flag: Flag = {
      rules: [
        { when: { plan: 'pro' }, serve: 'b' },
        { when: { country: { matches: '^D' } }, serve: 'c' },
        { when: { beta: true }, serve: 'b' },
      ],
      rollout: { percentage: 100, serve: 'c' },
    };
    expect(exported(flag).targeting).toEqual({ if: [{ '===': [{ var: 'plan' }, 'pro'] }, 'b', null] });
    expect(notesOf(flag)).toEqual([['condition', expect.stringMatching(/asks for matches.*gets control$/)]]);
  });

  it('serves control to those whom flagd does not know to be held out', () => {
    const flag: Flag = { holdout: 'kept', targets: { b: ['ann'] }, rollout: { percentage: 100, serve: 'c' } };
    const more = { holdouts: { kept: { percentage: 5 } } };
    expect(exported(flag, more).targeting).toEqual({ if: [{ in: [{ var: 'targetingKey' }, ['ann']] }, 'b', null] });
    expect(notesOf(flag, more).map(([code]) => code)).toEqual(['layer-or-holdout', 'document']);
  });

  it('stops for good where a switch that it requires is off', () => {
    const flag: Flag = { requires: ['ai'], rollout: { percentage: 100, serve: 'c' } };
    expect(exported(flag, { switches: { ai: {} } }).targeting).toEqual({ if: [true, 'c', null] });
    expect(exported(flag, { switches: { ai: { enabled: false } } }).targeting).toBeUndefined();
  });

  it('gives a flag that was killed its control for everybody', () => {
    const flag: Flag = { killed: true, targets: { b: ['ann'] }, rollout: { percentage: 100, serve: 'c' } };
    expect(exported(flag)).toMatchObject({ defaultVariant: exported({}).defaultVariant });
    expect(exported(flag).targeting).toBeUndefined();
  });

  it('refers to segments as evaluators, each before those that it refers to', () => {
    const segments = {
      staff: { when: { email: { endsWith: '@acme.com' } } },
      late: { when: { any: [{ inSegment: 'staff' }, { beta: true }] } },
      unused: { when: { beta: true } },
    };
    const rules = [
      { when: { inSegment: 'staff' }, serve: 'b' },
      { when: { inSegment: 'late' }, serve: 'c' },
    ];
    const { definitions } = exportFlagd(documentOf({ rules }, { segments }));
    expect(Object.keys(definitions.$evaluators ?? {})).toEqual(['late', 'staff']);
    expect(definitions.$evaluators?.['late']).toEqual({
      or: [{ $ref: 'staff' }, { '===': [{ var: 'beta' }, true] }],
    });
    expect(definitions.flags['colour']?.targeting).toEqual({
      if: [{ $ref: 'staff' }, 'b', { $ref: 'late' }, 'c', null],
    });
  });

  it('gives up rules that fall through again and again', () => {
    const rollout = { bucketing: 'flagd-2', percentage: 100, split: [{ variant: 'b', weight: 1 }] } as const;
    const rule = { when: { plan: 'x'.repeat(500) }, rollout, otherwise: 'next' } as const;
    const flag: Flag = { rules: Array.from({ length: 30 }, () => rule) };
    expect(exported(flag).targeting).toBeUndefined();
    expect(notesOf(flag).map(([code]) => code)).toEqual(['size']);
  });
});
