import type { Flag } from '@sluice/core';
import { type ImportResult, launchdarklyImporter } from '@sluice/import';
import { describe, expect, it } from 'vitest';

const base = { version: 1, on: true, salt: 'pepper', variations: ['a', 'b', 'c'], offVariation: 2 };

/** Of flags given without what every flag has. */
function convert(
  flags: Readonly<Record<string, object>>,
  segments: Readonly<Record<string, object>> = {},
): ImportResult {
  const keyed = (items: Readonly<Record<string, object>>, members: object) =>
    Object.fromEntries(Object.entries(items).map(([key, item]) => [key, { ...members, key, ...item }]));
  return launchdarklyImporter.convert({
    flags: keyed(flags, base),
    segments: keyed(segments, { version: 1, salt: 's' }),
  });
}

function flagOf(flag: object, segments?: Readonly<Record<string, object>>): Flag | undefined {
  return convert({ model: flag }, segments).document?.flags?.['model'];
}

const whenOf = (clause: object) =>
  flagOf({ fallthrough: { variation: 0 }, rules: [{ variation: 1, clauses: [clause] }] })?.rules?.[0]?.when;

const codesOf = ({ report }: ImportResult) =>
  report.notes.map(({ code }) => code).filter((code) => !code.startsWith('context-') && code !== 'date-objects');

const half = {
  variations: [
    { variation: 0, weight: 50_000 },
    { variation: 1, weight: 50_000 },
  ],
};

describe('a flag of users alone', () => {
  it('keeps the text that is hashed, the weights and their order, and names variants by their places', () => {
    expect(flagOf({ fallthrough: { rollout: half } })).toEqual({
      bucketing: 'launchdarkly-1',
      salt: 'model.pepper',
      variants: { 0: 'a', 1: 'b', 2: 'c' },
      control: '2',
      rollout: {
        percentage: 100,
        split: [
          { variant: '0', weight: 50_000 },
          { variant: '1', weight: 50_000 },
        ],
      },
    });
  });

  it('hashes with the seed of a rollout, and with no seed where that is 0', () => {
    const rolloutOf = (seed: number) => flagOf({ fallthrough: { rollout: { ...half, seed } } })?.rollout;
    expect(rolloutOf(61)).toMatchObject({ salt: '61' });
    expect(rolloutOf(0)).not.toHaveProperty('salt');
  });

  it('buckets an experiment by the key, whatever it says', () => {
    const bucketed = (kind: string) =>
      flagOf({ fallthrough: { rollout: { ...half, kind, bucketBy: 'team' } } })?.rollout;
    expect(bucketed('rollout')).toMatchObject({ unit: 'team' });
    expect(bucketed('experiment')).not.toHaveProperty('unit');
  });

  it('serves its off variation when it is off, and the default where it has none', () => {
    expect(flagOf({ on: false })).toMatchObject({ enabled: false, whenDisabled: '2' });
    expect(flagOf({ on: false, offVariation: null })).not.toHaveProperty('whenDisabled');
  });

  it('targets a unit by the first list that names it', () => {
    const targets = [
      { values: ['x', 'y'], variation: 1 },
      { values: ['y', 'z'], variation: 0 },
    ];
    expect(flagOf({ targets, fallthrough: { variation: 2 } })?.targets).toEqual({ 1: ['x', 'y'], 0: ['z'] });
  });

  it('asks for the variation of another flag by its name', () => {
    const result = convert({ model: { prerequisites: [{ key: 'gate', variation: 0 }] }, gate: {} });
    expect(result.document?.flags?.['model']?.prerequisites).toEqual({ gate: ['0'] });
  });
});

describe('a clause', () => {
  it('asks each member of a list', () => {
    expect(whenOf({ attribute: 'plan', op: 'in', values: ['pro', 'team'] })).toEqual({
      plan: { some: { in: ['pro', 'team'] } },
    });
  });

  it('that is negated holds of none who lack the attribute', () => {
    expect(whenOf({ attribute: 'plan', op: 'in', values: ['pro'], negate: true })).toEqual({
      plan: { exists: true },
      none: [{ plan: { some: { is: 'pro' } } }],
    });
  });

  it('of several limits means the widest', () => {
    expect(whenOf({ attribute: 'age', op: 'lessThan', values: [3, 9, '12'] })).toEqual({ age: { some: { lt: 9 } } });
  });

  it('reads a version as LaunchDarkly does: unfinished ones, and none with a leading v', () => {
    expect(whenOf({ attribute: 'app', op: 'semVerGreaterThan', values: ['2', 'v3', '1.0.0+build'] })).toEqual({
      app: { some: { matches: '^[^v]', asVersion: { semver: '>2.0.0 || >1.0.0' } } },
    });
  });

  it('reads the key from the targeting key, and anonymous as false where it is missing', () => {
    expect(whenOf({ attribute: 'key', op: 'startsWith', values: ['x'] })).toEqual({
      targetingKey: { type: 'string', startsWith: 'x' },
    });
    expect(whenOf({ attribute: 'anonymous', op: 'in', values: [false] })).toEqual({ none: [{ anonymous: true }] });
  });

  it('takes slashes for a path only where a context kind is named', () => {
    const test = { some: { is: 'x' } };
    expect(whenOf({ attribute: '/a/b', op: 'in', values: ['x'] })).toEqual({ '/a/b': test });
    expect(whenOf({ attribute: '/a/b', contextKind: 'user', op: 'in', values: ['x'] })).toEqual({ 'a.b': test });
  });

  it('in error counts in the last place alone, and then gives the default', () => {
    const broken = { attribute: '', op: 'in', values: ['x'] };
    const sound = { attribute: 'plan', op: 'in', values: ['pro'] };
    const rulesOf = (clauses: readonly object[]) =>
      flagOf({ fallthrough: { variation: 0 }, rules: [{ variation: 1, clauses }] });
    expect(rulesOf([broken, sound])?.rules).toEqual([{ when: { plan: { some: { is: 'pro' } } }, serve: '1' }]);
    expect(rulesOf([sound, broken])).toMatchObject({
      control: null,
      rules: [{ when: { plan: { some: { is: 'pro' } } }, rollout: { percentage: 0 } }],
    });
  });

  it.each([
    ['^pro\\.[a-z]+$', []],
    ['^.o', ['regular-expression-characters']],
    ['(?=pro)', ['regular-expression']],
    ['\\a', ['regular-expression']],
    ['(', []],
  ])('with the pattern %s is reported as %j', (pattern, expected) => {
    const rules = [{ variation: 1, clauses: [{ attribute: 'plan', op: 'matches', values: [pattern] }] }];
    expect(codesOf(convert({ model: { fallthrough: { variation: 0 }, rules } }))).toEqual(expected);
  });
});

describe('where contexts are of several kinds', () => {
  const clause = { attribute: 'plan', contextKind: 'org', op: 'in', values: ['pro'] };

  it('a clause finds its kind alone or among others', () => {
    expect(whenOf(clause)).toEqual({
      any: [
        { kind: 'org', plan: { some: { is: 'pro' } } },
        { kind: 'multi', 'org.plan': { some: { is: 'pro' } } },
      ],
    });
  });

  it('a rollout has a rule for each form of its kind, and one for those who have nothing to hash', () => {
    const flag = flagOf({ fallthrough: { rollout: { ...half, contextKind: 'org' } } });
    const split = [
      { variant: '0', weight: 50_000 },
      { variant: '1', weight: 50_000 },
    ];
    expect(flag?.rules).toEqual([
      { when: { kind: 'multi' }, rollout: { percentage: 100, split, unit: 'org.targetingKey' } },
      { when: { kind: 'org' }, rollout: { percentage: 100, split } },
    ]);
    expect(flag?.rollout).toEqual({ percentage: 100, serve: '0' });
  });

  it('targets are rules, in the order of the contexts', () => {
    const flag = flagOf({
      fallthrough: { variation: 0 },
      targets: [
        { values: ['u'], variation: 0 },
        { values: ['v'], variation: 1 },
      ],
      contextTargets: [
        { contextKind: 'org', values: ['o'], variation: 1 },
        { contextKind: 'user', values: [], variation: 0 },
      ],
    });
    expect(flag?.targets).toBeUndefined();
    expect(flag?.rules?.map(({ serve }) => serve)).toEqual(['1', '0']);
  });
});

describe('a segment', () => {
  const asking = {
    fallthrough: { variation: 0 },
    rules: [{ variation: 1, clauses: [{ attribute: '', op: 'segmentMatch', values: ['beta', 'unknown'] }] }],
  };

  it('includes before it excludes, and buckets with a salt of its own', () => {
    const { document } = convert(
      { model: asking },
      { beta: { included: ['x'], excluded: ['y'], rules: [{ clauses: [], weight: 30_000 }] } },
    );
    expect(document?.segments).toEqual({
      beta: {
        when: {
          any: [
            { targetingKey: ['x'] },
            {
              all: [
                { none: [{ targetingKey: ['y'] }] },
                { bucket: { bucketing: 'launchdarkly-1', unit: 'targetingKey', salt: 'beta.s', ranges: [[0, 0.3]] } },
              ],
            },
          ],
        },
      },
    });
    expect(document?.flags?.['model']?.rules).toEqual([{ when: { inSegment: 'beta' }, serve: '1' }]);
  });

  it('whose members are not in the payload is lost, and so is the rule that asks for it, but not the flag', () => {
    const result = convert({ model: asking }, { beta: { unbounded: true } });
    expect(codesOf(result)).toEqual(['segment-lost', 'big-segment']);
    expect(result.document?.flags?.['model']?.rules).toBeUndefined();
    expect(result.document?.flags?.['model']?.rollout).toEqual({ percentage: 100, serve: '0' });
  });
});

describe('what a document cannot hold', () => {
  it('is left out with a note: cycles, mixed types, and what asks for either', () => {
    const result = convert({
      first: { prerequisites: [{ key: 'second', variation: 0 }] },
      second: { prerequisites: [{ key: 'first', variation: 0 }] },
      mixed: { variations: ['a', 5] },
      child: { prerequisites: [{ key: 'mixed', variation: 0 }] },
      sound: {},
    });
    expect(Object.keys(result.document?.flags ?? {})).toEqual(['sound']);
    expect(codesOf(result)).toEqual(['prerequisite-cycle', 'prerequisite-cycle', 'mixed-types', 'prerequisite-lost']);
  });

  it('is a flag of a wrong shape, and the others are carried', () => {
    const result = convert({ model: { rules: 'none' }, sound: {} });
    expect(Object.keys(result.document?.flags ?? {})).toEqual(['sound']);
    expect(result.report.notes[0]).toMatchObject({ code: 'shape', path: ['flags', 'model', 'rules'] });
  });

  it('is no flag that asks for one nobody has: it serves its off variation, and may be asked for', () => {
    const result = convert({
      model: { prerequisites: [{ key: 'nowhere', variation: 0 }], fallthrough: { variation: 0 } },
      child: { prerequisites: [{ key: 'model', variation: 2 }], fallthrough: { variation: 0 } },
    });
    expect(codesOf(result)).toEqual(['prerequisite-unmet']);
    expect(result.document?.flags?.['model']).toMatchObject({ control: '2' });
    expect(result.document?.flags?.['model']).not.toHaveProperty('rollout');
    expect(result.document?.flags?.['child']?.prerequisites).toEqual({ model: ['2'] });
  });

  it('is said in the order of the input', () => {
    const { report } = convert({
      child: { prerequisites: [{ key: 'mixed', variation: 0 }] },
      mixed: { variations: ['a', 5] },
      sound: {},
    });
    expect(report.notes.map(({ path }) => path[1]).filter((name) => name !== undefined)).toEqual(['child', 'mixed']);
  });
});

describe('the input', () => {
  const flags = { model: { ...base, key: 'model' } };

  it.each([
    ['a payload', { flags, segments: {} }],
    ['a message of the stream', { path: '/', data: { flags, segments: {} } }],
    ['a file of flag data', { flags, flagValues: {} }],
  ])('may be %s', (_, input) => {
    expect(Object.keys(launchdarklyImporter.convert(input).document?.flags ?? {})).toEqual(['model']);
  });

  it('may give a flag as its value', () => {
    expect(
      launchdarklyImporter.convert({ flagValues: { greeting: 'hello' } }).document?.flags?.['greeting'],
    ).toMatchObject({
      variants: { 0: 'hello' },
      control: null,
      rollout: { percentage: 100, serve: '0' },
    });
  });
});
