import { describe, expect, it } from 'vitest';
import type { Rule } from '../src/document/flag.ts';
import type { Rollout } from '../src/document/rollout.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { explain } from '../src/evaluation/explain.ts';
import { compiledFlag } from './compiled.ts';

const variants = { control: 'c', a: 'A', b: 'B' };
const everybody = { none: [{ nobody: true }] };

function variantsOf(rollout: Rollout, contexts: readonly object[]): readonly (string | undefined)[] {
  const flags = compiledFlag({ variants, control: 'control', rollout });
  return contexts.map((context) => evaluate(flags, 'f', context as Record<string, unknown>).variant);
}

describe('a rollout of a vendor', () => {
  const missing = [
    {},
    { targetingKey: null },
    { targetingKey: 1.5 },
    { targetingKey: true },
    { targetingKey: ['ada'] },
  ];

  it('gives LaunchDarkly’s contexts without a unit the first variant that has a weight', () => {
    const split = [
      { variant: 'b', weight: 0 },
      { variant: 'a', weight: 1 },
      { variant: 'control', weight: 99_999 },
    ];
    expect(variantsOf({ bucketing: 'launchdarkly-1', percentage: 100, split }, missing)).toEqual(Array(5).fill('a'));
  });

  it('gives Flagsmith’s contexts without a unit the last part, and flagd’s and GrowthBook’s none', () => {
    const split = [
      { variant: 'a', weight: 50 },
      { variant: 'b', weight: 50 },
    ];
    const without = [{}, { targetingKey: '' }];
    expect(variantsOf({ bucketing: 'flagsmith-2', percentage: 100, split }, without)).toEqual(['b', 'b']);
    for (const bucketing of ['flagd-1', 'flagd-2', 'growthbook-1', 'growthbook-2'] as const) {
      const given = bucketing.startsWith('growthbook') ? split.map((part) => ({ ...part, weight: 0.5 })) : split;
      expect(variantsOf({ bucketing, percentage: 100, split: given }, without)).toEqual(['control', 'control']);
    }
  });

  it('lets Unleash’s contexts without a unit in where everybody enters, but not where the attribute was named', () => {
    const rollout: Rollout = {
      bucketing: 'unleash-1',
      percentage: 100,
      serve: 'a',
      unit: ['targetingKey', 'sessionId'],
    };
    expect(variantsOf(rollout, [{}])).toEqual(['a']);
    expect(variantsOf({ ...rollout, unit: [] }, [{ targetingKey: 'ada' }])).toEqual(['a']);
    expect(variantsOf({ ...rollout, unit: 'sessionId' }, [{ targetingKey: 'ada' }])).toEqual(['control']);
    expect(variantsOf({ ...rollout, percentage: 99 }, [{}])).toEqual(['control']);
  });

  it('takes the first attribute of several in which the vendor finds a unit', () => {
    const rollout: Rollout = {
      bucketing: 'unleash-1',
      percentage: 100,
      split: [
        { variant: 'a', weight: 500 },
        { variant: 'b', weight: 500 },
      ],
      unit: ['targetingKey', 'sessionId'],
    };
    const sessions = Array.from({ length: 50 }, (_, index) => ({ sessionId: `s${index}` }));
    const alone = variantsOf({ ...rollout, unit: ['sessionId', 'none'] }, sessions);
    expect(new Set(alone)).toEqual(new Set(['a', 'b']));
    expect(variantsOf(rollout, sessions)).toEqual(alone);
    // In a split Unleash takes no number for a unit, and goes on to the next attribute.
    expect(
      variantsOf(
        rollout,
        sessions.map((each) => ({ ...each, targetingKey: 7 })),
      ),
    ).toEqual(alone);
  });

  it('is hashed with the rollout’s salt, else the flag’s, else the flag’s key', () => {
    const people = Array.from({ length: 200 }, (_, index) => ({ targetingKey: `user-${index}` }));
    const ask = (salt: object, ofRollout: object) => {
      const rollout: Rollout = { percentage: 50, serve: 'a', ...ofRollout };
      const flags = compiledFlag({ variants, control: 'control', bucketing: 'md5-percent-1', rollout, ...salt });
      return people.map((context) => evaluate(flags, 'f', context).variant);
    };
    expect(ask({}, {})).toEqual(ask({ salt: 'f' }, {}));
    expect(ask({ salt: 'g' }, {})).toEqual(ask({}, { salt: 'g' }));
    expect(ask({ salt: 'g' }, { salt: 'f' })).toEqual(ask({}, {}));
    expect(ask({ salt: 'g' }, {})).not.toEqual(ask({}, {}));
  });

  it('names its own algorithm where it differs from the flag’s', () => {
    const flags = compiledFlag({
      bucketing: 'growthbook-1',
      rules: [{ when: { old: true }, rollout: { percentage: 100, serve: 'on' } }],
      rollout: { bucketing: 'growthbook-2', percentage: 100, serve: 'on' },
    });
    const bucketings = [true, false].map((old) => evaluate(flags, 'f', { targetingKey: 'ada', old }).flagMetadata);
    expect(bucketings.map((metadata) => metadata['sluice.bucketing'])).toEqual(['growthbook-1', 'growthbook-2']);
  });

  it('compares those who entered with as many who did not', () => {
    const flags = compiledFlag({ bucketing: 'md5-percent-1', rollout: { percentage: 10, serve: 'on' } });
    const arms: Record<string, number> = {};
    for (let index = 0; index < 20_000; index++) {
      const { flagMetadata, variant } = evaluate(flags, 'f', { targetingKey: `user-${index}` });
      const arm = `${variant} ${flagMetadata['experiment.arm']} ${flagMetadata['experiment.share'] ?? ''}`;
      arms[arm] = (arms[arm] ?? 0) + 1;
    }
    expect(Object.keys(arms).sort()).toEqual(['off control 0.1', 'off none ', 'on candidate 0.1']);
    // Three standard deviations of 20,000 units are about 130; the ids are always the same.
    for (const arm of ['off control 0.1', 'on candidate 0.1'])
      expect(Math.abs((arms[arm] ?? 0) - 2000)).toBeLessThan(130);
  });

  it('is explained with the place in the vendor’s own scale', () => {
    const flags = compiledFlag({ bucketing: 'md5-percent-1', rollout: { percentage: 10, serve: 'on' } });
    const [step] = explain(flags, 'f', { targetingKey: 'ada' }).steps;
    expect(step).toMatchObject({ step: 'rollout', unit: 'ada', rollout: { enter: 10, controlFrom: 90 } });
    const { position, entered } = step as Extract<typeof step, { step: 'rollout' }>;
    expect(Number.isInteger(position) && position >= 0 && position < 100).toBe(true);
    expect(entered).toBe(position < 10);
  });
});

describe('a rule that says otherwise: next', () => {
  const people = Array.from({ length: 300 }, (_, index) => ({ targetingKey: `user-${index}` }));
  const half: Rule = { when: everybody, rollout: { percentage: 50, serve: 'a' } };

  it('lets the next rule decide about units that do not enter, and no others', () => {
    const rollout: Rollout = { percentage: 100, serve: 'b' };
    const [final, next] = [half, { ...half, otherwise: 'next' as const }].map((rule) => {
      const flags = compiledFlag({ variants, control: 'control', rules: [rule], rollout });
      return people.map((context) => evaluate(flags, 'f', context).variant);
    });
    expect(new Set(final)).toEqual(new Set(['a', 'control']));
    expect(next).toEqual(final?.map((variant) => (variant === 'control' ? 'b' : variant)));
  });

  it('compares nobody, as the units that would be its control go on, unless its split holds control', () => {
    const armsOf = (rollout: Rollout) => {
      const rules: Rule[] = [{ ...half, rollout, otherwise: 'next' }];
      const flags = compiledFlag({ variants, control: 'control', rules, rollout: { percentage: 100, serve: 'b' } });
      const answers = people.map((context) => evaluate(flags, 'f', context));
      const steps = people.map((context) => explain(flags, 'f', context).steps[1]);
      for (const [index, { flagMetadata }] of answers.entries()) {
        if (flagMetadata['experiment.stage'] !== flags.flags.get('f')?.rules[0]?.rollout?.stage) continue;
        expect(steps[index]).toMatchObject({ entered: true, compared: flagMetadata['experiment.arm'] !== 'none' });
      }
      const given = answers.filter(({ variant }) => variant !== 'b');
      return new Set(
        given.map(({ flagMetadata }) => `${flagMetadata['experiment.arm']} ${flagMetadata['experiment.active']}`),
      );
    };
    expect(armsOf({ percentage: 50, serve: 'a' })).toEqual(new Set(['none false']));
    expect(armsOf({ percentage: 50, bucketing: 'md5-percent-1', serve: 'a' })).toEqual(new Set(['none false']));
    expect(armsOf({ percentage: 50, split: { a: 1, control: 1 } })).toEqual(
      new Set(['candidate true', 'control true']),
    );
  });

  it('is like any other where nothing is next', () => {
    const [plain, next] = [half, { ...half, otherwise: 'next' as const }].map((rule) => {
      const flags = compiledFlag({ variants, control: 'control', rules: [rule] });
      return people.map((context) => {
        const { flagVersion: _, version: __, ...metadata } = evaluate(flags, 'f', context).flagMetadata;
        return { ...evaluate(flags, 'f', context), flagMetadata: metadata };
      });
    });
    expect(next).toEqual(plain);
  });

  it('does so also for units that a vendor’s split gives no part', () => {
    const split = [{ variant: 'a', from: 0, below: 0.5 }];
    const rule: Rule = { when: everybody, rollout: { percentage: 100, split }, otherwise: 'next' };
    const flags = compiledFlag({
      variants,
      control: 'control',
      bucketing: 'growthbook-2',
      rules: [rule, { when: everybody, serve: 'b' }],
    });
    expect(new Set(people.map((context) => evaluate(flags, 'f', context).variant))).toEqual(new Set(['a', 'b']));
  });
});
