import { describe, expect, it } from 'vitest';
import { convert, variant } from './unleash-features.ts';

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
