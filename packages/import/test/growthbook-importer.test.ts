import { type Condition, compileDocument, evaluate, type Flag } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { growthbookImporter } from '../src/growthbook/growthbook-importer.ts';

type Feature = Record<string, unknown>;

function convert(feature: Feature, rest: object = {}) {
  const { document, report } = growthbookImporter.convert({ features: { f: feature }, ...rest });
  return { document, flag: document?.flags?.['f'] as Flag, notes: report.notes, carried: report.carried };
}

/** What a condition of GrowthBook's becomes. */
function conditionOf(condition: object): Condition | undefined {
  return convert({ defaultValue: false, rules: [{ condition, force: true }] }).flag.rules?.[0]?.when;
}

describe('a GrowthBook feature', () => {
  it('without rules is static', () => {
    expect(convert({ defaultValue: 'gpt-4o' }).flag).toEqual({ variants: { 'gpt-4o': 'gpt-4o' }, control: 'gpt-4o' });
  });

  it('that is boolean and off by default needs no variants', () => {
    const { flag } = convert({ defaultValue: false, rules: [{ condition: { plan: 'pro' }, force: true }] });
    expect(flag).toEqual({ rules: [{ when: { plan: { asText: { is: 'pro' } } }, serve: 'on' }] });
  });

  it('without any value answers with its caller’s default', () => {
    expect(convert({}).flag).toEqual({ enabled: false });
  });

  it('rolls out to the units below an inclusive coverage', () => {
    expect(convert({ defaultValue: false, rules: [{ force: true, coverage: 0.29 }] }).flag).toEqual({
      bucketing: 'growthbook-1',
      rollout: { percentage: 29, serve: 'on' },
    });
  });

  it('keeps the keys of an experiment, its seed, its attribute and its version', () => {
    const rule = {
      key: 'model-test',
      variations: ['gpt-4o', 'claude'],
      weights: [0.9, 0.1],
      meta: [{ key: 'control' }, { key: 'claude-4' }],
      seed: 's1',
      hashAttribute: 'company',
      hashVersion: 2,
    };
    expect(convert({ defaultValue: 'gpt-4o', rules: [rule] }).flag).toEqual({
      bucketing: 'growthbook-2',
      variants: { control: 'gpt-4o', 'claude-4': 'claude' },
      control: 'control',
      rollout: {
        percentage: 100,
        split: [
          { variant: 'control', weight: 0.9 },
          { variant: 'claude-4', weight: 0.1 },
        ],
        salt: 's1',
        unit: 'company',
      },
    });
  });

  it('has the exact ranges of an experiment that covers only some units', () => {
    const { flag } = convert({ defaultValue: 0, rules: [{ key: 'f', variations: [0, 1], coverage: 0.1 }] });
    expect(flag.rollout?.split).toEqual([
      { variant: '0', from: 0, below: 0.05 },
      { variant: '1', from: 0.5, below: 0.55 },
    ]);
  });

  it('leaves the units of a variation that passes through to the next rule', () => {
    const rules = [
      { key: 'holdout', variations: [0, 1], meta: [{ key: 'held' }, { key: 'open', passthrough: true }] },
      { force: 2 },
    ];
    const { flag } = convert({ defaultValue: 3, rules });
    expect(flag.rules?.[0]).toMatchObject({
      rollout: { split: [{ variant: 'held', from: 0, below: 0.5 }] },
      otherwise: 'next',
    });
    expect(flag.rules?.[1]).toMatchObject({ serve: '2' });
  });

  it('names both versions of the hash where its rules mix them', () => {
    const rules = [
      { force: 1, coverage: 0.1 },
      { force: 2, coverage: 0.2, hashVersion: 2, condition: { plan: 'pro' } },
    ];
    const { flag } = convert({ defaultValue: 0, rules });
    expect(flag.bucketing).toBe('growthbook-1');
    expect(flag.rules?.map(({ rollout }) => rollout?.bucketing)).toEqual([undefined, 'growthbook-2']);
  });

  it('hashes a namespace and filters as buckets', () => {
    const rules = [
      { key: 'a', variations: [0, 1], namespace: ['ns', 0.2, 0.6], hashAttribute: 'company' },
      { force: 1, filters: [{ seed: 'layer', ranges: [[0, 0.5]], attribute: 'device' }] },
    ];
    const { flag } = convert({ defaultValue: 0, rules });
    expect(flag.rules?.map(({ when }) => when)).toEqual([
      { bucket: { bucketing: 'growthbook-1', unit: 'company', salt: '__ns', ranges: [[0.2, 0.6]] } },
      { bucket: { bucketing: 'growthbook-2', unit: 'device', salt: 'layer', ranges: [[0, 0.5]] } },
    ]);
  });

  it('asks a gate of the whole flag where it comes first', () => {
    const { document } = growthbookImporter.convert({
      features: {
        parent: { defaultValue: 'a', rules: [{ condition: { plan: 'pro' }, force: 'b' }] },
        child: {
          defaultValue: 1,
          rules: [{ parentConditions: [{ id: 'parent', condition: { value: 'b' }, gate: true }] }],
        },
      },
    });
    expect(document?.flags?.['child']).toMatchObject({ prerequisites: { parent: ['b'] }, control: null });
    const flags = compileDocument(document ?? { sluice: 1 });
    expect(evaluate(flags, 'child', { plan: 'pro' }).value).toBe(1);
    expect(evaluate(flags, 'child', { plan: 'free' }).value).toBeUndefined();
  });

  it('gives each context of a bandit its own weights, and none a second chance in another', () => {
    const contextualBandits = {
      weather: {
        contexts: [
          { condition: { rain: { $eq: 'yes' } }, weights: [1, 0] },
          { condition: { wind: { $eq: 'yes' } }, weights: [0, 1] },
        ],
      },
    };
    const rule = { key: 'f', contextualVariations: [0, 1], coverage: 0.5, contextualBanditRef: 'weather' };
    const { document, flag } = convert({ defaultValue: 2, rules: [rule] }, { contextualBandits });
    expect(flag.rules?.map(({ when }) => when)).toEqual([
      { rain: 'yes' },
      { wind: 'yes', none: [{ rain: 'yes' }] },
      { none: [{ rain: 'yes' }, { wind: 'yes' }] },
    ]);
    const flags = compileDocument(document ?? { sluice: 1 });
    const served = (context: object) =>
      new Set(
        Array.from({ length: 200 }, (_, unit) => evaluate(flags, 'f', { targetingKey: `${unit}`, ...context }).value),
      );
    expect([served({ rain: 'yes', wind: 'yes' }), served({ wind: 'yes' })]).toEqual([new Set([0, 2]), new Set([1, 2])]);
  });

  it('leaves out a rule that it cannot carry, and says what becomes of whom it served', () => {
    const { flag, notes } = convert({
      defaultValue: 0,
      rules: [{ condition: { plan: { $regex: '(?=a)' } }, force: 1 }, { force: 2 }],
    });
    expect(flag.rules).toHaveLength(1);
    expect(notes).toEqual([
      {
        severity: 'lost',
        code: 'pattern-unreadable',
        path: ['features', 'f', 'rules', 0, 'condition', 'plan', '$regex'],
        message: expect.stringContaining('go on to the next'),
      },
    ]);
  });

  it('is left out where its values have several types', () => {
    const { document, notes } = convert({ defaultValue: 0, rules: [{ condition: { plan: 'pro' }, force: 'one' }] });
    expect(document).toBeUndefined();
    expect(notes.map(({ code }) => code)).toEqual(['mixed-types']);
  });

  it('that is encrypted is reported, and nothing comes out', () => {
    const { document, report } = growthbookImporter.convert({ features: undefined, encryptedFeatures: 'a.b' });
    expect(document).toBeUndefined();
    expect(report.notes.map(({ code, path }) => [code, path])).toEqual([['encrypted', ['encryptedFeatures']]]);
  });
});

describe('a GrowthBook condition', () => {
  it.each([
    [{ id: { $in: ['ann', 'bob'] } }, { targetingKey: { some: { in: ['ann', 'bob'] } } }],
    [{ plan: { $ne: 'pro' } }, { none: [{ plan: 'pro' }] }],
    [{ plan: null }, { plan: { exists: false } }],
    [{ plan: { $exists: true } }, { plan: { exists: true } }],
    [{ beta: true }, { beta: { notIn: [false, 0, ''] } }],
    [{ age: 5 }, { age: { asNumber: { is: 5 } } }],
    [{ age: 0 }, { any: [{ age: { asNumber: { is: 0 } } }, { age: false }, { age: { exists: false } }] }],
    [{ age: { $gt: 5 } }, { age: { asNumber: { gt: 5 } } }],
    [{ age: { $lt: 1 } }, { any: [{ age: { asNumber: { lt: 1 } } }, { age: false }, { age: { exists: false } }] }],
    [{ tags: { $size: { $gte: 2 } } }, { tags: { size: { gte: 2 } } }],
    [{ tags: { $elemMatch: { $eq: 'a' } } }, { tags: { type: 'list', some: { is: 'a' } } }],
    [{ tags: ['a'] }, { tags: { type: 'list', size: { is: 1 } }, 'tags.0': 'a' }],
    [{ plan: { $ini: ['Pro'] } }, { plan: { some: { asLowerCase: { is: 'pro' } } } }],
    [{ plan: { $regexi: '^pro$' } }, { plan: { asText: { matches: '(?i)^pro$' } } }],
    [{ version: { $vgt: '1.2.3' } }, { version: { type: 'string', asVersion: { semver: '>1.2.3' } } }],
    [
      { $nor: [{ plan: { $eq: 'pro' } }, { beta: true }] },
      { none: [{ plan: 'pro' }, { beta: { notIn: [false, 0, ''] } }] },
    ],
  ] as [object, Condition][])('%j is %j', (condition, expected) => {
    expect(conditionOf(condition)).toEqual(expected);
  });

  it('names a saved group as a segment', () => {
    const savedGroups = { eu: { type: 'list', attributeKey: 'country', values: ['DE', 'FR'] } };
    const rules = [{ condition: { $savedGroup: { id: 'eu' } }, force: true }];
    const { document, flag } = convert({ defaultValue: false, rules }, { savedGroups });
    expect(document?.segments).toEqual({ eu: { when: { country: { some: { in: ['DE', 'FR'] } } } } });
    expect(flag.rules?.[0]?.when).toEqual({ inSegment: 'eu' });
  });

  it('that can never hold leaves no rule behind', () => {
    expect(
      convert({ defaultValue: 0, rules: [{ condition: { plan: { $in: [] } }, force: 1 }] }).flag.rules,
    ).toBeUndefined();
  });
});
