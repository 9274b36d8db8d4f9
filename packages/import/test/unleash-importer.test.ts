import type { Flag } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../src/import-report.ts';
import { unleashImporter } from '../src/unleash/unleash-importer.ts';

function convert(features: readonly object[], more: object = {}) {
  const { document, report } = unleashImporter.convert({ version: 2, features, ...more });
  return { flags: document?.flags ?? {}, segments: document?.segments, notes: report.notes, carried: report.carried };
}

/** The flag of a feature with one strategy. */
function convertStrategy(strategy: object): Flag | undefined {
  return convert([{ name: 'f', enabled: true, strategies: [strategy] }]).flags['f'];
}

const half = (more: object = {}): object => ({
  name: 'flexibleRollout',
  parameters: { rollout: '50', stickiness: 'default', groupId: 'group' },
  ...more,
});
const variant = (name: string, more: object = {}): object => ({
  name,
  weight: 500,
  stickiness: 'default',
  payload: { type: 'string', value: `value of ${name}` },
  ...more,
});

describe('a feature without variants', () => {
  it('is a boolean flag whose last unconditional strategy is its rollout', () => {
    expect(convert([{ name: 'f', description: 'about f', enabled: true, strategies: [half()] }]).flags).toEqual({
      f: {
        description: 'about f',
        bucketing: 'unleash-1',
        rollout: { percentage: 50, salt: 'group', unit: ['targetingKey', 'sessionId'], serve: 'on' },
      },
    });
  });

  it('tries strategies in order, each leaving to the next whom it does not let enter', () => {
    const staff = { contextName: 'email', operator: 'STR_ENDS_WITH', values: ['@acme.com'] };
    const { flags } = convert([
      {
        name: 'f',
        enabled: true,
        strategies: [half({ constraints: [staff] }), { name: 'userWithId', parameters: { userIds: 'ann, bob' } }],
      },
    ]);
    expect(flags['f']?.rules).toEqual([
      {
        when: { email: { asText: { endsWith: ['@acme.com'] } } },
        rollout: { percentage: 50, salt: 'group', unit: ['targetingKey', 'sessionId'], serve: 'on' },
        otherwise: 'next',
      },
      { when: { targetingKey: ['ann', 'bob'] }, serve: 'on' },
    ]);
    expect(flags['f']?.rollout).toBeUndefined();
  });

  it('holds no strategy that comes after one for everybody', () => {
    const { flags } = convert([{ name: 'f', enabled: true, strategies: [{ name: 'default' }, half(), half()] }]);
    expect(flags['f']).toEqual({
      bucketing: 'unleash-1',
      rollout: { percentage: 100, salt: '', unit: ['targetingKey', 'sessionId'], serve: 'on' },
    });
  });

  it('is off where Unleash says that it is disabled, and not the default of the caller', () => {
    expect(convert([{ name: 'f', enabled: false, strategies: [] }]).flags['f']).toMatchObject({
      enabled: false,
      whenDisabled: 'off',
    });
  });

  it('keeps on its attribute a rollout by a field of your own, and on nobody one that is random', () => {
    const sticky = convertStrategy(half({ parameters: { rollout: '20', stickiness: 'tenant' } }));
    expect(sticky?.rollout).toEqual({ percentage: 20, salt: '', unit: 'tenant', serve: 'on' });
    const random = convertStrategy({ name: 'gradualRolloutRandom', parameters: { percentage: '20' } });
    expect(random?.rollout).toEqual({ percentage: 20, salt: '', unit: [], serve: 'on' });
  });

  it('gets the whole percent of which its decimals give nobody more', () => {
    const { flags, notes } = convert([
      { name: 'f', enabled: true, strategies: [half({ parameters: { rollout: '0.5', stickiness: 'userId' } })] },
    ]);
    expect(flags['f']?.rollout?.percentage).toBe(0);
    expect(notes).toEqual([
      {
        severity: 'caveat',
        code: 'decimal-percentage',
        path: ['features', 0, 'strategies', 0, 'parameters', 'rollout'],
        message: '"0.5" has decimals, which nobody gets: it is 0',
      },
    ]);
  });
});

describe('a constraint', () => {
  const whenOf = (constraint: object): unknown =>
    convertStrategy({ name: 'default', constraints: [constraint] })?.rules?.[0]?.when;

  it.each([
    [
      { contextName: 'userId', operator: 'IN', values: [' a ', '', 'b'] },
      { targetingKey: { asText: { in: ['a', 'b'] } } },
    ],
    [{ contextName: 'c', operator: 'NOT_IN', values: ['a'] }, { none: [{ c: { asText: { in: ['a'] } } }] }],
    [{ contextName: 'c', operator: 'NOT_IN', inverted: true, values: ['a'] }, { c: { asText: { in: ['a'] } } }],
    [
      { contextName: 'c', operator: 'STR_CONTAINS', caseInsensitive: true, values: ['A', 'B'] },
      {
        any: [
          { c: { asText: { asLowerCase: { contains: 'a' } } } },
          { c: { asText: { asLowerCase: { contains: 'b' } } } },
        ],
      },
    ],
    [{ contextName: 'c', operator: 'NUM_GTE', value: '1e2' }, { c: { asNumber: { gte: 100 } } }],
    [
      { contextName: 'c', operator: 'REGEX', caseInsensitive: true, value: '^a' },
      { c: { asText: { matches: '(?i)^a' } } },
    ],
    [
      { contextName: 'c', operator: 'SEMVER_LT', value: 'v1.2.3-rc.1+build' },
      { c: { asText: { semver: '<1.2.3-rc.1' } }, none: [{ c: { asText: { startsWith: 'v' } } }] },
    ],
    [
      { contextName: 'c', operator: 'IN_CIDR', values: ['10.0.0.0/8', '2001:db8::/32', 'nonsense'] },
      {
        any: [
          { c: { asText: { inRange: ['10.0.0.0/8'] } }, none: [{ c: { asText: { contains: ':' } } }] },
          { c: { asText: { inRange: ['2001:db8::/32'], contains: ':' } } },
        ],
      },
    ],
    [
      { contextName: 'currentTime', operator: 'DATE_BEFORE', value: '2026-11-22T10:00:00+01:00' },
      {
        any: [
          { currentTime: { before: '2026-11-22T09:00:00.000Z', not: 0 } },
          {
            now: { lt: Date.UTC(2026, 10, 22, 9) },
            any: [{ currentTime: { exists: false } }, { currentTime: ['', 0, false] }],
          },
        ],
      },
    ],
  ])('%j becomes a native condition', (constraint, when) => {
    expect(whenOf(constraint)).toEqual(when);
  });

  it('of an unknown operator never holds, though it be inverted', () => {
    const { flags, notes } = convert([
      {
        name: 'f',
        enabled: true,
        strategies: [
          { name: 'default', constraints: [{ contextName: 'c', operator: 'LIKE', values: ['a'], inverted: true }] },
        ],
      },
    ]);
    expect(flags['f']).toEqual({ bucketing: 'unleash-1' });
    expect(notes.map(({ code }) => code)).toEqual(['unknown-operator']);
  });

  it('in a segment stays in the segment, under its name', () => {
    const constraints = [{ contextName: 'c', operator: 'IN', values: ['a'] }];
    const { flags, segments } = convert(
      [{ name: 'f', enabled: true, strategies: [{ name: 'default', segments: [7] }] }],
      {
        segments: [{ id: 7, name: 'staff', constraints }],
      },
    );
    expect(segments).toEqual({ staff: { when: { c: { asText: { in: ['a'] } } } } });
    expect(flags['f']?.rules).toEqual([{ when: { inSegment: 'staff' }, serve: 'on' }]);
  });
});

describe('a feature with variants', () => {
  it('is a flag of payloads and one that says whether it is enabled', () => {
    const variants = [variant('a'), variant('b', { overrides: [{ contextName: 'country', values: ['DE'] }] })];
    const { flags } = convert([{ name: 'f', enabled: true, strategies: [half()], variants }]);
    const entering = { percentage: 50, salt: 'group', unit: ['targetingKey', 'sessionId'] };
    expect(flags).toEqual({
      f: {
        bucketing: 'unleash-1',
        variants: { a: 'value of a', b: 'value of b' },
        control: null,
        rules: [
          { when: { country: { asText: { in: ['DE'] } } }, rollout: { ...entering, serve: 'b' }, otherwise: 'next' },
        ],
        rollout: {
          ...entering,
          split: [
            { variant: 'a', weight: 500 },
            { variant: 'b', weight: 500 },
          ],
          splitSalt: 'f',
          splitUnit: ['targetingKey', 'sessionId', 'remoteAddress'],
        },
      },
      'f.enabled': { bucketing: 'unleash-1', rollout: { ...entering, serve: 'on' } },
    });
  });

  it('serves a variant without weight to those alone whom its override names', () => {
    const named = variant('b', { weight: 0, overrides: [{ contextName: 'userId', values: ['ann'] }] });
    const { flags } = convert([{ name: 'f', enabled: true, strategies: [], variants: [variant('a'), named] }]);
    expect(flags['f']?.rules).toEqual([{ when: { targetingKey: { asText: { in: ['ann'] } } }, serve: 'b' }]);
    expect(flags['f']?.rollout).toMatchObject({ percentage: 100, serve: 'a' });
  });

  it('hashes the word "undefined" for the variants of a strategy without a group', () => {
    const { flags } = convert([
      {
        name: 'f',
        enabled: true,
        strategies: [{ name: 'default', parameters: {}, variants: [variant('a'), variant('b')] }],
      },
    ]);
    expect(flags['f']?.rollout?.splitSalt).toBe('undefined');
  });

  it('gives no variant to whom an earlier strategy lets in that has none', () => {
    const { flags } = convert([
      {
        name: 'f',
        enabled: true,
        strategies: [half(), { name: 'default', parameters: {}, variants: [variant('a')] }],
      },
    ]);
    expect(flags['f']?.rules).toEqual([
      {
        when: {
          none: [
            {
              bucket: { bucketing: 'unleash-1', unit: ['targetingKey', 'sessionId'], salt: 'group', ranges: [[0, 50]] },
            },
          ],
        },
        serve: 'a',
      },
    ]);
  });

  it('calls two variants of one name and two payloads by two names', () => {
    const other = variant('a', { payload: { type: 'string', value: 'other' } });
    const { flags, notes } = convert([
      {
        name: 'f',
        enabled: true,
        strategies: [half({ variants: [variant('a')] }), { name: 'default' }],
        variants: [other],
      },
    ]);
    expect(flags['f']?.variants).toEqual({ a: 'other', 'a (2)': 'value of a' });
    expect(notes.map(({ code }) => code)).toContain('variant-renamed');
  });

  it('keeps whether it is enabled where its payloads are of several types', () => {
    const variants = [variant('a'), variant('b', { payload: { type: 'number', value: '1' } })];
    const { flags, notes } = convert([{ name: 'f', enabled: true, strategies: [{ name: 'default' }], variants }]);
    expect(Object.keys(flags)).toEqual(['f.enabled']);
    expect(notes).toMatchObject([{ severity: 'lost', code: 'mixed-payloads', path: ['features', 0] }]);
  });
});

describe('a dependency', () => {
  const parent = {
    name: 'p',
    enabled: true,
    strategies: [{ name: 'default' }],
    variants: [variant('a'), variant('b')],
  };
  const childOf = (...dependencies: readonly object[]): object => ({
    name: 'child',
    enabled: true,
    strategies: [{ name: 'default' }],
    dependencies,
  });

  it.each([
    [{ feature: 'p' }, { 'p.enabled': ['on'] }],
    [{ feature: 'p', enabled: false }, { 'p.enabled': ['off'] }],
    [{ feature: 'p', enabled: true, variants: ['b', 'unheard of'] }, { p: ['b'] }],
  ])('%j asks for the flag that tells', (dependency, prerequisites) => {
    expect(convert([parent, childOf(dependency)]).flags['child']?.prerequisites).toEqual(prerequisites);
  });

  it.each([
    [[{ feature: 'nowhere' }], 'is not there'],
    [[{ feature: 'child' }], 'itself depends on others'],
    [[{ feature: 'p' }, { feature: 'p', enabled: false }], 'another dependency excludes'],
  ])('%j is never met, and leaves the feature off for everybody', (dependencies, reason) => {
    const { flags, notes } = convert([parent, childOf(...dependencies)]);
    expect(flags['child']).toMatchObject({ enabled: false, whenDisabled: 'off' });
    expect(notes.find(({ code }) => code === 'dependency-never-met')?.message).toContain(reason);
  });
});

describe('an export', () => {
  const exported = {
    features: [{ name: 'f' }, { name: 'old', archived: true }],
    featureStrategies: [
      { featureName: 'f', environment: 'production', name: 'default', parameters: {}, sortOrder: 2 },
      { featureName: 'f', environment: 'production', name: 'userWithId', parameters: { userIds: 'ann' }, sortOrder: 1 },
      { featureName: 'f', environment: 'production', name: 'ourOwn', parameters: {}, disabled: true, sortOrder: 0 },
      { featureName: 'f', environment: 'development', name: 'userWithId', parameters: { userIds: 'dev' } },
    ],
    featureEnvironments: [
      { featureName: 'f', environment: 'development', enabled: true },
      { featureName: 'f', environment: 'production', enabled: true },
    ],
  };
  const convertExport = (options: ImportOptions) => unleashImporter.convert(exported, options);

  it('is read for the environment that was chosen, in the order of its strategies', () => {
    const { document } = convertExport({ environment: 'production' });
    expect(Object.keys(document?.flags ?? {})).toEqual(['f']);
    expect(document?.flags?.['f']?.rules).toEqual([{ when: { targetingKey: ['ann'] }, serve: 'on' }]);
    expect(document?.flags?.['f']?.rollout).toMatchObject({ percentage: 100, serve: 'on' });
  });

  it('of several environments needs one to be chosen, and names them', () => {
    const { document, report } = convertExport({});
    expect(document).toBeUndefined();
    expect(report.notes[0]?.message).toBe('holds several environments; choose one of "development", "production"');
  });

  it('refuses an environment that it does not hold', () => {
    const { document, report } = convertExport({ environment: 'staging' });
    expect(document).toBeUndefined();
    expect(report.notes.map(({ code }) => code)).toEqual(['environment']);
  });

  it('does not guess the constraints of a segment, which it does not hold', () => {
    const featureStrategies = [{ featureName: 'f', name: 'default', parameters: {}, segments: [7] }];
    const { document, report } = unleashImporter.convert({
      features: [{ name: 'f' }],
      featureStrategies,
      segments: [{ id: 7, name: 'staff' }],
    });
    expect(document?.flags?.['f']?.rules).toBeUndefined();
    expect(report.notes).toMatchObject([
      { code: 'segment-not-exported', path: ['featureStrategies', 0, 'segments', 0] },
    ]);
  });
});
