import { describe, expect, it } from 'vitest';
import { convert, convertStrategy } from './unleash-features.ts';

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
