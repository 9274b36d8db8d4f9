import type { Condition, Document, Flag } from '@sluice/core';
import { parseDocument } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { flagsmithImporter } from '../src/flagsmith/flagsmith-importer.ts';
import { environment, option, segment, state } from './flagsmith-environment.ts';

function convert(input: unknown): Document {
  const { document } = flagsmithImporter.convert(input);
  if (document === undefined) throw new Error('nothing came out');
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return document;
}

function flagsOf(input: unknown): Readonly<Record<string, Flag>> {
  return convert(input).flags ?? {};
}

function notesOf(input: unknown): readonly (readonly [code: string, path: string])[] {
  const { notes } = flagsmithImporter.convert(input).report;
  return notes.map(({ code, path }) => [code, path.join('.')] as const);
}

/** What a segment of one condition is, but for the identifier that every segment asks for. */
function conditionOf(property: string | null, operator: string, value: unknown): Condition | undefined {
  const { targetingKey, ...when } = convert(environment([], [segment(1, [property, operator, value])])).segments?.[
    'segment 1'
  ]?.when ?? { targetingKey: undefined };
  return targetingKey === undefined ? undefined : when;
}

describe('a feature of Flagsmith', () => {
  it('is one boolean flag where it has no value anywhere', () => {
    const input = environment([state('off'), state('on', { enabled: true })]);
    expect(flagsOf(input)).toEqual({ off: {}, on: { rollout: { percentage: 100, serve: 'on' } } });
  });

  it('is its value by its key, whether it is enabled or not, and by another key whether it is', () => {
    expect(flagsOf(environment([state('colour', { feature_state_value: 'red' })]))).toEqual({
      colour: { variants: { control: 'red' }, control: 'control' },
      'colour.enabled': {},
    });
  });

  it('splits by the key of the state, with the value of the state for the rest', () => {
    const options = [option(2, 30, 'green'), option(1, 20.5, 'blue')];
    const split = state('colour', { feature_state_value: 'red', multivariate_feature_state_values: options });
    expect(flagsOf(environment([split]))['colour']).toEqual({
      bucketing: 'flagsmith-2',
      variants: { control: 'red', 'option-10': 'blue', 'option-20': 'green' },
      control: 'control',
      rollout: {
        percentage: 100,
        salt: '7,env_',
        split: [
          { variant: 'option-10', weight: 20.5 },
          { variant: 'option-20', weight: 30 },
          { variant: 'control', weight: 49.5 },
        ],
      },
    });
  });

  it.each([
    [{ django_id: '8' }, '8,env_'],
    [{ django_id: 0 }, '0,env_'],
    [{ django_id: '', featurestate_uuid: 'u' }, 'u,env_'],
    [{ django_id: null, featurestate_uuid: null }, ',env_'],
    [{ django_id: undefined, featurestate_uuid: undefined }, 'colour,env_'],
  ])('is hashed with what the SDK takes for the key of %j', (ids, salt) => {
    const members = { feature_state_value: 'red', multivariate_feature_state_values: [option(1, 20, 'blue')], ...ids };
    expect(flagsOf(environment([state('colour', members)]))['colour']?.rollout?.salt).toBe(salt);
  });

  it('leaves the rest to the caller’s own default where the state has no value', () => {
    const split = state('colour', { multivariate_feature_state_values: [option(1, 20, 'blue')] });
    expect(flagsOf(environment([split]))['colour']).toEqual({
      variants: { 'option-10': 'blue' },
      control: null,
      rules: [
        {
          name: 'option-10',
          when: { bucket: { bucketing: 'flagsmith-2', salt: '7,env_', ranges: [[0, 20]] } },
          serve: 'option-10',
        },
      ],
    });
  });

  it('loses values of more than one type, and keeps whether it is enabled', () => {
    const mixed = state('mixed', { feature_state_value: 1, multivariate_feature_state_values: [option(1, 20, 'one')] });
    expect(Object.keys(flagsOf(environment([mixed])))).toEqual(['mixed.enabled']);
    expect(notesOf(environment([mixed]))).toEqual([['mixed-value-types', 'feature_states.0']]);
  });
});

describe('an override of Flagsmith', () => {
  const always = ['plan', 'IS_SET', null] as const;
  const override = (value: unknown, priority: number | null) =>
    state('colour', { feature_state_value: value, feature_segment: { priority } });
  const red = state('colour', { feature_state_value: 'red' });

  it('goes by priority, then by the ids of the segments and not by their order', () => {
    const segments = [
      segment(30, always, [override('last', null)]),
      segment(20, always, [override('third', 1)]),
      segment(3, always, [override('second', 1)]),
      segment(40, always, [override('first', 0)]),
    ];
    const rules = flagsOf(environment([red], segments))['colour']?.rules ?? [];
    expect(rules.map(({ when }) => when['inSegment'])).toEqual(['segment 40', 'segment 3', 'segment 20', 'segment 30']);
  });

  it('without a value leaves its identities out of all rules after it', () => {
    const segments = [segment(1, always, [override(null, 0)]), segment(2, always, [override('blue', 1)])];
    expect(flagsOf(environment([red], segments))['colour']).toMatchObject({
      control: null,
      rules: [
        { when: { inSegment: 'segment 2', none: [{ inSegment: 'segment 1' }] }, serve: 'segment 2' },
        { when: { none: [{ inSegment: 'segment 1' }] }, serve: 'control' },
      ],
    });
  });

  it('of identities is a target, taken apart at commas as the SDK does, once for all that are alike', () => {
    const features = (id: number) => [state('colour', { feature_state_value: 'blue', django_id: id })];
    const identities = [
      { identifier: 'ann', identity_features: features(1) },
      { identifier: 'bob,carol', identity_features: features(2) },
    ];
    expect(flagsOf(environment([red], [], identities))['colour']).toEqual({
      variants: { control: 'red', 'override-1': 'blue' },
      control: 'control',
      targets: { 'override-1': ['ann', 'bob', 'carol'] },
    });
  });

  it('of identities goes on from page to page', () => {
    const identity = (identifier: string) => ({ identifier, identity_features: [state('plain', { enabled: true })] });
    const pages = [environment([state('plain')], [], [identity('ann')]), { identity_overrides: [identity('bob')] }];
    expect(flagsOf(pages)['plain']).toEqual({ targets: { on: ['ann', 'bob'] } });
  });

  it('of a segment that is lost is lost with it, and the note names its feature', () => {
    const lost = segment(1, ['plan', 'REGEX', '(?=a)'], [override('blue', 0)]);
    const { document, report } = flagsmithImporter.convert(environment([red], [lost]));
    expect(document?.flags?.['colour']).toEqual({ variants: { control: 'red' }, control: 'control' });
    expect(report.notes.find(({ code }) => code === 'segment')?.message).toContain('colour');
  });
});

describe('a condition of Flagsmith', () => {
  it.each<readonly [property: string | null, operator: string, value: unknown, Condition | undefined]>([
    ['plan', 'EQUAL', 'pro', { 'traits.plan': ['pro', true] }],
    ['age', 'EQUAL', '18', { 'traits.age': ['18', 18, true] }],
    ['beta', 'NOT_EQUAL', 'false', { 'traits.beta': { notIn: ['false', false] } }],
    ['beta', 'GREATER_THAN', 'False', { any: [{ 'traits.beta': { gt: 'False' } }, { 'traits.beta': true }] }],
    [
      'age',
      'LESS_THAN',
      '18',
      { any: [{ 'traits.age': { lt: 18 } }, { 'traits.age': { lt: '18' } }, { 'traits.age': false }] },
    ],
    ['app', 'LESS_THAN_INCLUSIVE', '1.2.0:semver', { 'traits.app': { semver: '<=1.2.0' } }],
    ['app', 'EQUAL', '1.2:semver', undefined],
    [
      'plan',
      'NOT_CONTAINS',
      'pro',
      { 'traits.plan': { type: 'string' }, none: [{ 'traits.plan': { contains: 'pro' } }] },
    ],
    ['plan', 'IN', 'pro,basic', { 'traits.plan': ['pro', 'basic'] }],
    ['age', 'IN', '["0", "18"]', { 'traits.age': ['0', '18', 18] }],
    ['age', 'IN', ['18', 19, ''], { 'traits.age': ['18', 18] }],
    ['age', 'MODULO', '10|3', { 'traits.age': { not: '', asNumber: { modulo: [10, 3] } } }],
    ['age', 'MODULO', '10', undefined],
    ['plan', 'REGEX', '(', undefined],
    ['$.identity.traits.plan', 'IS_SET', null, { 'traits.plan': { exists: true } }],
    ["$.identity.traits['a b']", 'IS_NOT_SET', null, { 'traits.a b': { exists: false } }],
    ['$.environment.name', 'EQUAL', 'Production', {}],
    ['$.environment.name', 'CONTAINS', 'Staging', undefined],
    [
      null,
      'PERCENTAGE_SPLIT',
      '0',
      { bucket: { bucketing: 'flagsmith-2', salt: '1,env_', ranges: [[0, 100 / 9998]] } },
    ],
    [null, 'PERCENTAGE_SPLIT', '100', { bucket: { bucketing: 'flagsmith-2', salt: '1,env_', ranges: [[0, 100]] } }],
    ['plan', 'PERCENTAGE_SPLIT', '50', undefined],
  ])('on %s by %s with %j is %j', (property, operator, value, expected) => {
    expect(conditionOf(property, operator, value)).toEqual(expected);
  });

  it.each<readonly [code: string, property: string, operator: string, value: unknown]>([
    ['property-path', '$.identity.traits_', 'EQUAL', 'x'],
    ['property-path', '$.identity.key', 'CONTAINS', 'x'],
    ['property-path', '$.environment.name', 'PERCENTAGE_SPLIT', '50'],
    ['condition-value', 'plan', 'EQUAL', {}],
    ['regular-expression-dialect', 'plan', 'REGEX', '(a)\\1'],
    ['trait-name', 'account.plan', 'EQUAL', 'pro'],
    ['unknown-operator', 'plan', 'STARTS_WITH', 'pro'],
  ])('is noted as %s on %s by %s with %j', (code, property, operator, value) => {
    const notes = notesOf(environment([], [segment(1, [property, operator, value])]));
    expect(notes).toContainEqual([code, 'project.segments.0.rules.0.conditions.0']);
  });
});
