import { type Context, compileDocument, type Document, evaluate, type Flag, parseDocument } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { flagd1Importer, flagdImporter } from '../src/flagd/flagd-importer.ts';
import type { Importer } from '../src/import-report.ts';

function definitions(targeting: unknown, more: object = {}): object {
  const flag = { state: 'ENABLED', variants: { a: 'A', b: 'B', c: 'C' }, defaultVariant: 'a', targeting, ...more };
  return { flags: { colour: flag } };
}

function convert(input: unknown, importer: Importer = flagdImporter): Document {
  const { document } = importer.convert(input);
  if (document === undefined) throw new Error('nothing came out');
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return document;
}

function flagOf(targeting: unknown, more: object = {}): Flag {
  const { variants: _, ...flag } = convert(definitions(targeting, more)).flags?.['colour'] ?? {};
  return flag;
}

function notesOf(input: unknown, importer: Importer = flagdImporter): readonly string[] {
  return importer.convert(input).report.notes.map(({ code, path }) => `${code} ${path.join('.')}`);
}

function variantOf(document: Document, context: Context): string | undefined {
  return evaluate(compileDocument(document), 'colour', context).variant;
}

describe('a flagd flag', () => {
  it('has its default variant as control, and the application its own default where there is none', () => {
    expect(flagOf(undefined)).toEqual({ control: 'a' });
    expect(flagOf(undefined, { defaultVariant: null })).toEqual({ control: null });
    expect(flagOf(undefined, { state: 'DISABLED' })).toEqual({ control: 'a', enabled: false });
  });

  it('becomes rules in the order of its conditions', () => {
    const targeting = {
      if: [
        { and: [{ in: [{ var: 'country' }, ['DE', 'FR']] }, { ends_with: [{ var: 'email' }, '@acme.com'] }] },
        'b',
        { '!': [{ '>=': [{ var: 'age' }, 18] }] },
        'c',
        null,
      ],
    };
    expect(flagOf(targeting)).toEqual({
      control: 'a',
      rules: [
        { when: { country: ['DE', 'FR'], email: { endsWith: '@acme.com' } }, serve: 'b' },
        { when: { none: [{ age: { asNumber: { gte: 18 } } }] }, serve: 'c' },
      ],
    });
  });

  it('keeps its buckets: salts, units and weights as they are hashed', () => {
    const byText = { fractional: [{ cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] }, ['a', 1], ['b', -5], ['c']] };
    const { rules, rollout, bucketing } = flagOf(byText);
    expect(bucketing).toBe('flagd-2');
    // Who has no email is hashed as "colournull", and so on: each of them has one place, and so one variant.
    expect(rules?.map(({ when }) => when)).toEqual([
      { email: [0, false] },
      { any: [{ email: '' }, { email: { exists: false } }] },
    ]);
    expect(rollout).toEqual({
      percentage: 100,
      unit: 'email',
      split: [
        { variant: 'a', weight: 1 },
        { variant: 'b', weight: 0 },
        { variant: 'c', weight: 1 },
      ],
    });
    const split = [
      { variant: 'b', weight: 10 },
      { variant: 'c', weight: 90 },
    ];
    expect(
      flagOf({
        fractional: [
          ['b', 10],
          ['c', 90],
        ],
      }).rollout,
    ).toEqual({ percentage: 100, split });
  });

  it('gives the places of a part to the application where the part has no variant', () => {
    const { control, rules } = flagOf(
      {
        fractional: [
          ['b', 25],
          [null, 75],
        ],
      },
      { defaultVariant: null },
    );
    expect(control).toBeNull();
    const bucket = { bucketing: 'flagd-2', salt: 'colour', ranges: [[0, 2 ** 30]] };
    expect(rules).toEqual([{ when: { bucket }, serve: 'b' }]);
  });

  it('gives those the application’s own default who should get a variant that there is not', () => {
    const input = definitions({ if: [{ var: 'beta' }, 'gone', 'b'] });
    const document = convert(input);
    expect(notesOf(input)).toContain('unknown-variant flags.colour.targeting');
    expect(variantOf(document, { beta: true })).toBeUndefined();
    expect(variantOf(document, { beta: false })).toBe('b');
  });

  it('gives everybody the application’s own default where flagd cannot read its targeting', () => {
    const input = definitions({ if: [{ var: 'beta' }, { reverse: ['b'] }, 'b'] });
    expect(notesOf(input)).toEqual(['broken-targeting flags.colour.targeting']);
    expect(variantOf(convert(input), { beta: false })).toBeUndefined();
  });

  it('ends where something is lost: those before it are served, everybody else gets control', () => {
    const lost = { '==': [{ var: 'age' }, { var: 'limit' }] };
    const input = definitions({ if: [{ '===': [{ var: 'country' }, 'DE'] }, 'b', lost, 'c', 'b'] });
    const { notes } = flagdImporter.convert(input).report;
    expect(notes).toMatchObject([
      { severity: 'lost', code: 'operand', path: ['flags', 'colour', 'targeting', 'if', 2] },
    ]);
    expect(notes[0]?.message).toMatch(/whoever gets as far as this gets a instead/);
    expect(variantOf(convert(input), { country: 'DE' })).toBe('b');
    expect(variantOf(convert(input), { age: 1, limit: 1 })).toBe('a');
  });

  it('carries a comparison with a literal as it coerces', () => {
    const whenOf = (condition: object): unknown => flagOf({ if: [condition, 'b', null] }).rules?.[0]?.when;
    expect(whenOf({ '==': [{ var: 'plan' }, 'pro'] })).toEqual({ plan: 'pro' });
    expect(whenOf({ '==': [{ var: 'age' }, 5] })).toEqual({ age: { asNumber: { is: 5 } } });
    expect(whenOf({ '==': [{ var: 'age' }, '5'] })).toEqual({ age: [5, '5'] });
    expect(whenOf({ '===': [{ var: 'age' }, 5] })).toEqual({ age: 5 });
    expect(whenOf({ '<': [{ var: 'age' }, 5] })).toEqual({ none: [{ age: { asNumber: { gte: 5 } } }] });
    expect(whenOf({ '==': [{ var: 'age' }, null] })).toEqual({
      any: [{ age: [0, false] }, { age: { exists: false } }],
    });
  });

  it('tells whole seconds by the time', () => {
    const targeting = { if: [{ '>': [{ var: '$flagd.timestamp' }, 1_700_000_000] }, 'b', null] };
    expect(flagOf(targeting).rules?.[0]?.when).toEqual({ now: { gte: 1_700_000_001_000 } });
  });

  it('reads a later evaluator as a segment, and none that comes before', () => {
    const when = { '===': [{ var: 'plan' }, 'pro'] };
    const flag = definitions({ if: [{ $ref: 'first' }, 'b', null] });
    const forwards = convert({ ...flag, $evaluators: { first: { '!': [{ $ref: 'paying' }] }, paying: when } });
    expect(forwards.segments).toEqual({
      paying: { when: { plan: 'pro' } },
      first: { when: { none: [{ inSegment: 'paying' }] } },
    });
    expect(forwards.flags?.['colour']?.rules).toEqual([{ when: { inSegment: 'first' }, serve: 'b' }]);
    const backwards = { ...flag, $evaluators: { paying: when, first: { '!': [{ $ref: 'paying' }] } } };
    expect(notesOf(backwards)).toEqual(['broken-targeting flags.colour.targeting']);
  });

  it('is left out with a note where it has variants of several types, or flagd would refuse it', () => {
    const flags = {
      fine: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
      mixed: { state: 'ENABLED', variants: { a: 1, b: '2' } },
      odd: { state: 'on', variants: { a: 1 } },
      gone: { state: 'ENABLED', variants: { a: 1 }, defaultVariant: 'b' },
    };
    expect(Object.keys(convert({ flags }).flags ?? {})).toEqual(['fine']);
    expect(notesOf({ flags })).toEqual([
      'variant-types flags.mixed.variants',
      'refused-flag flags.odd',
      'refused-flag flags.gone',
    ]);
  });
});

describe('flagd definitions', () => {
  it('have buckets of one generation, and only the newer one says that there is another', () => {
    const input = definitions({
      fractional: [
        ['b', 50],
        ['c', 50],
      ],
    });
    expect(convert(input).flags?.['colour']?.bucketing).toBe('flagd-2');
    expect(convert(input, flagd1Importer).flags?.['colour']?.bucketing).toBe('flagd-1');
    expect(notesOf(input)).toEqual(['bucketing-version flags.colour.targeting']);
    expect(notesOf(input, flagd1Importer)).toEqual([]);
  });

  it('are named as their set, whose other metadata is noted', () => {
    const input = { ...definitions(undefined), metadata: { flagSetId: 'set', version: '3', team: 'x' } };
    expect(convert(input)).toMatchObject({ flagSetId: 'set', version: '3' });
    expect(notesOf(input)).toEqual(['metadata metadata']);
  });
});
