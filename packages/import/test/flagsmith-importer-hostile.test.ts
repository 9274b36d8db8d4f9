import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagsmithImporter } from '../src/flagsmith/flagsmith-importer.ts';
import { environment, option, segment, state } from './flagsmith-environment.ts';

const usual = (): Record<string, unknown> =>
  environment(
    [
      state('colour', { feature_state_value: 'red', multivariate_feature_state_values: [option(1, 20, 'blue')] }),
      state('plain', { enabled: true }),
    ],
    [
      segment(2, ['plan', 'IN', 'pro,basic'], [state('colour', { feature_segment: { priority: 1 } })]),
      segment(1, [null, 'PERCENTAGE_SPLIT', '50'], [state('plain')]),
      segment(3, ['$.identity.key', 'EQUAL', 'env_ann'], [state('plain')]),
      segment(4, ['plan', 'REGEX', '^p'], [state('colour', { feature_state_value: 'green' })]),
    ],
    [{ identifier: 'ann', identity_features: [state('colour', { feature_state_value: 'gold' })] }],
  );

const cycle: unknown[] = [];
cycle.push(cycle, cycle, { rules: cycle, conditions: cycle, type: 'ALL' });

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    '__proto__',
    'constructor',
    0,
    -1,
    1e308,
    Number.NaN,
    true,
    [],
    {},
    cycle,
  ),
  fc.constantFrom<unknown>('\u0000', 'x'.repeat(300), '$.', '$.identity.traits.', '[', '1:semver', Symbol('s'), 10n),
  fc.constantFrom<unknown>(Object.create(null), { toString: null }, () => 1, [undefined], [[]], new Date(0), new Map()),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
);

/** Every place in a document, as a path. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

/** The document, with this value at that place if the place is still there. */
function put(document: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(document))
    return document.map((each, index) => (`${index}` === step ? put(each, rest, value) : each));
  if (typeof document !== 'object' || document === null) return document;
  return { ...document, [step]: put((document as Record<string, unknown>)[step], rest, value) };
}

describe('an environment document that is none', () => {
  it('never throws, and what comes out is a document or a note that says why there is none', () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...placesIn(usual())), junk), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, (each) => {
        let input: unknown = usual();
        for (const [path, value] of each) input = put(input, path, value);
        const { document, report } = flagsmithImporter.convert(input);
        if (document === undefined) expect(report.notes.length).toBeGreaterThan(0);
        else expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each<readonly [unknown]>([[undefined], [null], ['{"feature_states": ['], [[]], [{}], [{ feature_states: [] }]])(
    'such as %j has one note that says what to hand in',
    (input) => {
      const { document, report } = flagsmithImporter.convert(input);
      expect(document).toBeUndefined();
      expect(report.notes.map(({ code }) => code)).toEqual(['not-an-environment-document']);
    },
  );

  it('may hold itself', () => {
    const rules: unknown[] = [];
    rules.push({ type: 'ALL', conditions: [], rules });
    const { document, report } = flagsmithImporter.convert(environment([], [{ id: 1, name: 'cycle', rules }]));
    expect(document).toBeUndefined();
    expect(report.notes.map(({ code }) => code)).toEqual(['not-an-environment-document']);
  });
});
