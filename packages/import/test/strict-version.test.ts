import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strictVersion } from '../src/strict-version.ts';

describe('a strict version', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    [' v1.2.3-rc.1+build.5\n', '1.2.3-rc.1'],
    ['1.2.3-0a.-', '1.2.3-0a.-'],
    ['9007199254740991.0.0', '9007199254740991.0.0'],
    ['9007199254740992.0.0', undefined],
    ['01.2.3', undefined],
    ['1.2.3-01', undefined],
    ['1.2', undefined],
    ['V1.2.3', undefined],
    [`1.2.3-${'x'.repeat(251)}`, undefined],
    ['', undefined],
  ])('is in %j as %j', (text, version) => {
    expect(strictVersion(text)).toBe(version);
  });

  it('is a range of its own to a document, and is read from itself', () => {
    const part = fc.constantFrom('0', '1', '10', '01', '.', '-', '+', 'v', ' ', 'rc', '1.2.3', '0.1.0-a');
    let read = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const version = strictVersion(parts.join(''));
        if (version === undefined) return;
        read++;
        const segments = { it: { when: { app: { semver: `=${version}` } } } };
        expect(parseDocument({ sluice: 1, segments }).problems).toEqual([]);
        expect(strictVersion(version)).toBe(version);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
