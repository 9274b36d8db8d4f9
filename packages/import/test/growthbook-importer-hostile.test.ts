import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthbookImporter } from '../src/growthbook/growthbook-importer.ts';

const payload = {
  features: {
    model: {
      defaultValue: 'gpt-4o',
      rules: [
        { parentConditions: [{ id: 'beta', condition: { value: true }, gate: true }] },
        {
          condition: { $or: [{ plan: { $in: ['pro'] } }, { tags: { $elemMatch: { $gt: 5 } } }] },
          force: 'claude',
          coverage: 0.5,
        },
        {
          condition: { $savedGroup: { id: 'eu' }, version: { $vgte: '1.2.3' } },
          variations: ['a', 'b'],
          namespace: ['n', 0, 1],
        },
        { variations: ['a', 'b'], meta: [{ key: 'x' }, {}], contextualBanditRef: 'weather', ranges: [[0, 0.1]] },
        { filters: [{ seed: 's', ranges: [[0, 1]] }], force: 'claude', range: [0, 0.5] },
      ],
    },
    beta: { defaultValue: true },
  },
  savedGroups: { eu: { type: 'condition', condition: { country: { $inGroup: 'list' } } }, list: ['DE'] },
  contextualBandits: { weather: { contexts: [{ condition: { age: 5 }, weights: [1, 0] }] } },
};

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
const throwing = Object.defineProperty({}, 'features', {
  enumerable: true,
  get: () => {
    throw new Error('no');
  },
});

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '__proto__',
    'constructor',
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [null],
    [[]],
    cycle,
    throwing,
  ),
  fc.constantFrom<unknown>(
    { $not: null },
    { $in: 5 },
    { __proto__: null },
    JSON.parse('{"__proto__":{"$eq":1}}'),
    10n,
    () => 1,
  ),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
);

/** Every place in a value, as a path. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

function put(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((each, index) => (`${index}` === step ? put(each, rest, replacement) : each));
  return { ...(value as object), [step]: put((value as Record<string, unknown>)[step], rest, replacement) };
}

function check(input: unknown): void {
  const { document, report } = growthbookImporter.convert(input);
  if (document === undefined) expect(report.notes.map(({ severity }) => severity)).toContain('lost');
  else expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
}

describe('the importer for GrowthBook', () => {
  it('takes anything without throwing, and says what is lost where nothing comes out', () => {
    fc.assert(fc.property(junk, check), { numRuns: 300 });
  });

  it('takes a payload with anything anywhere, and what comes out is a document', () => {
    const places = placesIn(payload);
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (path, replacement) => check(put(payload, path, replacement))),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      'conditions',
      { features: { f: { rules: [{ condition: nested(5000, (inner) => ({ $and: [inner] })), force: 1 }] } } },
    ],
    [
      'tests',
      { features: { f: { rules: [{ condition: { a: nested(5000, (inner) => ({ $not: inner })) }, force: 1 }] } } },
    ],
    [
      'members',
      {
        features: { f: { rules: [{ condition: { a: nested(5000, (inner) => ({ $elemMatch: inner })) }, force: 1 }] } },
      },
    ],
    ['lists', { features: { f: { rules: [{ condition: { a: nested(2000, (inner) => [inner]) }, force: 1 }] } } }],
    [
      'groups',
      {
        features: { f: { rules: [{ condition: { $savedGroup: { id: '0' } }, force: 1 }] } },
        savedGroups: chain((id) => ({ type: 'condition', condition: { $savedGroup: { id } } })),
      },
    ],
    [
      'prerequisites',
      {
        features: chain((id) => ({
          defaultValue: 1,
          rules: [{ parentConditions: [{ id, condition: { value: 1 } }], condition: { a: 1 }, force: 2 }],
        })),
      },
    ],
  ])('survives hundreds of nested %s', (_, input) => {
    check(input);
  });

  it.each(['all', 'inSegment', 'bucket', 'constructor', 'x'.repeat(300), ''])(
    'loses the rules that ask for a group by the attribute %j, and nothing else',
    (attribute) => {
      const condition = { $savedGroup: { id: 'ours', attributeKey: attribute } };
      const rules = [condition, { [attribute]: { $inGroup: 'ours' } }].map((each) => ({ condition: each, force: 1 }));
      const { document, report } = growthbookImporter.convert({
        features: { f: { defaultValue: 2, rules } },
        savedGroups: { ours: { type: 'list', attributeKey: attribute, values: ['x'] } },
      });
      expect(document?.flags).toEqual({ f: { variants: { '2': 2 }, control: '2' } });
      expect(document?.segments).toBeUndefined();
      expect(new Set(report.notes.map(({ code }) => code))).toEqual(new Set(['attribute-name']));
    },
  );
});

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

function chain(link: (next: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}`, link(`${index + 1}`)]));
}
