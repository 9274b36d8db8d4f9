import { describe, expect, it } from 'vitest';
import { convert, convertStrategy, half, variant } from './unleash-features.ts';

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
