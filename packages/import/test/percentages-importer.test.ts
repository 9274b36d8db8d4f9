import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentagesImporter } from '../src/percentages/percentages-importer.ts';

const codesOf = (input: unknown) => percentagesImporter.convert(input).report.notes.map(({ code }) => code);

describe('home-grown percentages', () => {
  it('become boolean flags that hash as the code did', () => {
    const { document, report } = percentagesImporter.convert({ a: { enabled: true, percentage: 12.5 } });
    expect(document).toEqual({
      sluice: 1,
      flags: { a: { bucketing: 'md5-percent-1', rollout: { percentage: 12.5, serve: 'on' } } },
    });
    expect(report.carried).toEqual({ flag: 1, 'percentage with a fraction': 1 });
  });

  it('keep the percentage of a flag that is off', () => {
    const { document } = percentagesImporter.convert({ a: { enabled: false, percentage: 5 } });
    expect(document?.flags?.['a']).toMatchObject({ enabled: false, whenDisabled: 'off', rollout: { percentage: 5 } });
  });

  it('may be bare numbers and booleans, and beyond 0 and 100', () => {
    const { document } = percentagesImporter.convert({ a: 25, b: true, c: false, d: 250, e: -1 });
    const flags = Object.values(document?.flags ?? {});
    expect(flags.map(({ enabled = true, rollout }) => [enabled, rollout?.percentage])).toEqual([
      [true, 25],
      [true, 100],
      [false, 100],
      [true, 100],
      [true, 0],
    ]);
  });

  it('say what was taken for granted', () => {
    expect(codesOf({ a: { percentage: 5 }, b: { enabled: true } })).toEqual([
      'enabled-missing',
      'percentage-missing',
      'hash',
    ]);
  });

  it.each([[null], [[]], ['5'], [{}.toString]])('%j is reported, and nothing comes out', (input) => {
    expect(percentagesImporter.convert(input).document).toBeUndefined();
    expect(codesOf(input)).toEqual(['malformed']);
  });

  it('leave out what is no flag', () => {
    const { document } = percentagesImporter.convert({ '': 5, a: '5', b: { enabled: 1, percentage: 5 }, c: 5 });
    expect(Object.keys(document?.flags ?? {})).toEqual(['c']);
    expect(codesOf({ '': 5, a: '5', b: { enabled: 1, percentage: 5 }, c: 5 })).toEqual([
      'refused',
      'malformed',
      'malformed',
      'hash',
    ]);
  });

  it('that are anything never throw, and what comes out is a document', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (input) => {
        const { document } = percentagesImporter.convert(input);
        if (document !== undefined) expect(parseDocument(document).document).toBe(document);
      }),
    );
  });
});
