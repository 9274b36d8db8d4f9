import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagd1Importer, flagdImporter } from '../src/flagd/flagd-importer.ts';

const flag = (targeting: unknown): object => ({ state: 'ENABLED', variants: { a: 'A', b: 'B' }, targeting });

const usual = {
  $evaluators: { staff: { ends_with: [{ var: 'email' }, '@acme.com'] } },
  metadata: { flagSetId: 'set' },
  flags: {
    one: { ...flag({ if: [{ $ref: 'staff' }, 'a', { '<': [1, { var: 'age' }, 5] }, 'b'] }), defaultVariant: 'a' },
    two: flag({ fractional: [{ cat: ['salt', { var: ['email', 'x'] }] }, ['a', 10], ['b', 90]] }),
    three: flag({ if: [{ sem_ver: [{ var: 'version' }, '^', '1.2'] }, 'a', { missing: ['age'] }, 'b', { var: 'v' }] }),
    four: flag({ if: [{ some: [{ var: 'roles' }, { '==': [{ var: '' }, 'x'] }] }, 'a', 'b'] }),
  },
};

const operators = [
  'if',
  'and',
  'or',
  '!',
  '!!',
  '==',
  '===',
  '<',
  'in',
  'cat',
  'var',
  'missing',
  'fractional',
  'sem_ver',
];

/** Expressions of operators that there are, on anything. */
const expression = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(null, '', 'a', 0, 1.5, true, 'constructor', '__proto__', '..', '../x', '$flagd', 'a\\.b'),
    fc
      .tuple(fc.constantFrom(...operators, 'starts_with', 'some', '$ref', 'toString'), tie('node'))
      .map(([name, node]) => ({
        [name]: node,
      })),
    fc.tuple(fc.constantFrom(...operators), fc.array(tie('node'), { maxLength: 4 })).map(([name, nodes]) => ({
      [name]: nodes,
    })),
    fc.array(tie('node'), { maxLength: 3 }),
  ),
})).node;

const cycle: Record<string, unknown> = {};
cycle['if'] = [cycle, cycle];

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, '', '__proto__', 0, -1, 1e308, Number.NaN, true, [], {}, cycle, [cycle]),
  fc.constantFrom<unknown>(Object.create(null), { toString: null }, () => 1, Symbol('s'), 10n, new Date(0), new Map()),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
  expression,
);

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

function put(input: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(input)) return input.map((each, index) => (`${index}` === step ? put(each, rest, value) : each));
  return { ...(input as object), [step]: put((input as Record<string, unknown>)[step], rest, value) };
}

function expectSound(input: unknown): void {
  for (const importer of [flagdImporter, flagd1Importer]) {
    const { document, report } = importer.convert(input);
    if (document === undefined) expect(report.notes).not.toEqual([]);
    else expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const construct of Object.keys(report.carried)) expect(importer.constructs).toContain(construct);
    for (const { code, severity } of report.notes) expect(importer.codes[code]).toBe(severity);
  }
}

describe('flagd definitions that are broken', () => {
  it('are a document that can be parsed, or a note that says why there is none', () => {
    fc.assert(fc.property(junk, expectSound));
    const places = placesIn(usual);
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, (place, value) => expectSound(put(usual, place, value))),
      { numRuns: 200 },
    );
  });

  it('are so whatever the targeting makes of its operators', () => {
    fc.assert(
      fc.property(expression, expression, (targeting, staff) =>
        expectSound({ $evaluators: { staff, late: targeting }, flags: { one: flag(targeting), two: usual.flags.one } }),
      ),
      { numRuns: 1000 },
    );
  });

  it('are so when they are cut off, and read from text at any place', () => {
    const text = JSON.stringify(usual);
    for (let length = 0; length < text.length; length += 7) expectSound(text.slice(0, length));
  });

  it('do not make millions of rules of a few lines', () => {
    const names = Array.from({ length: 40 }, (_, index) => `e${index}`);
    const doubled = names.map((name, index) => [name, { and: [{ $ref: `e${index + 1}` }, { $ref: `e${index + 1}` }] }]);
    const $evaluators = { ...Object.fromEntries(doubled), e40: { '==': [{ var: 'plan' }, 'pro'] } };
    const choice = (depth: number): unknown =>
      depth === 0 ? { var: 'plan' } : { if: [choice(depth - 1), choice(depth - 1), choice(depth - 1)] };
    const input = { $evaluators, flags: { one: flag({ if: [{ $ref: 'e0' }, 'a', 'b'] }), two: flag(choice(8)) } };
    expectSound(input);
    expect(flagdImporter.convert(input).report.notes.filter(({ code }) => code === 'size')).toHaveLength(2);
  });
});
