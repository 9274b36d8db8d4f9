import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/document/document.ts';
import { parseDocument } from '../../src/document/parse.ts';
import { compileDocument } from '../../src/evaluation/compile.ts';
import { evaluate } from '../../src/evaluation/evaluate.ts';
import { document } from '../arbitraries.ts';
import { brokenDocuments } from '../broken-documents.ts';
import { targetedDocument } from '../targeted-documents.ts';

const anyDocument = fc.oneof(document, targetedDocument);

const schema = JSON.parse(readFileSync(new URL('../../schema/sluice-1.schema.json', import.meta.url), 'utf8'));
const accepts = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  ownProperties: true,
  messages: false,
}).compile(schema);

const refusedByStructure = (value: unknown): boolean =>
  parseDocument(value).problems.some(({ check }) => check === 'structure');

interface Definition {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
}
const definitions: Readonly<Record<string, Definition>> = schema.$defs;

type Container = Record<string, unknown> | unknown[];

/** Every object and list within a value. */
function containers(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containers)];
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'x', 'auto', '__proto__', 'a.__proto__', 0, -1, 0.5, 101, 1e300, [], {}, [
    null,
  ]),
  fc.constantFrom<unknown>('\n', 'x'.repeat(256), 'x'.repeat(257), '😀'.repeat(256), '😀'.repeat(257), '10%', '1.%'),
  fc.constantFrom<unknown>(
    ['x', 1],
    [['x']],
    { x: 1 },
    { when: { a: 1 } },
    { all: [] },
    { exists: 1 },
    [2, 1],
    2 ** 53,
    [0, 1],
    [[0, 1]],
    { is: 'x' },
    { some: { exists: true } },
    { salt: 's', ranges: [[0, 1]] },
    'list',
  ),
);
const key = fc.constantFrom(
  ...['x', '', '__proto__', 'a.__proto__.b', '\u0000', 'sluice', 'flags', 'when', 'serve', 'rollout', 'split', 'stage'],
  ...['percentage', 'control', 'variants', 'all', 'inSegment', 'exists', 'in', 'prerequisites', 'targets', 'layer'],
  ...['now', 'bucket', 'some', 'asText', 'size', 'gt', 'modulo', 'type', 'salt', 'ranges', 'unit', 'bucketing'],
  ...[
    'holdout',
    'sticky',
    'schema',
    'layers',
    'holdouts',
    'otherwise',
    'slots',
    'unit',
    'weight',
    'toString',
    'x'.repeat(300),
    '$schema',
  ],
);

/** One change at a random place: a key deleted, renamed, given another type, or inserted. */
const mutation = fc.tuple(fc.constantFrom('delete', 'rename', 'retype', 'insert'), fc.nat(), fc.nat(), key, odd);

function mutate(
  value: unknown,
  [kind, where, which, name, replacement]: [string, number, number, string, unknown],
): void {
  const all = containers(value);
  const target = all[where % all.length] as Container;
  const names = Object.keys(target);
  const chosen = names[which % Math.max(names.length, 1)];
  if (Array.isArray(target)) {
    if (kind === 'delete' && chosen !== undefined) target.splice(Number(chosen), 1);
    else if (kind === 'insert' || chosen === undefined) target.push(replacement);
    else target[Number(chosen)] = replacement;
    return;
  }
  const define = (at: string, written: unknown): void => {
    Object.defineProperty(target, at, { value: written, configurable: true, enumerable: true, writable: true });
  };
  if (kind === 'insert' || chosen === undefined) define(name, replacement);
  else if (kind === 'retype') define(chosen, replacement);
  else {
    const former = target[chosen];
    delete target[chosen];
    if (kind === 'rename') define(name, former);
  }
}

describe('the JSON Schema', () => {
  it('accepts every document that the parser accepts', () => {
    fc.assert(
      fc.property(anyDocument, (each) => {
        expect(parseDocument(each).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(accepts(each)).toBe(true);
      }),
    );
  });

  it('refuses exactly what the parser refuses for its structure', () => {
    let refused = 0;
    fc.assert(
      fc.property(anyDocument, fc.array(mutation, { minLength: 1, maxLength: 3 }), (each, mutations) => {
        const mutated = structuredClone(each);
        for (const one of mutations) mutate(mutated, structuredClone(one));
        const unsound = refusedByStructure(mutated);
        if (unsound) refused++;
        expect(accepts(mutated)).toBe(!unsound);
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  it.each(brokenDocuments)('agrees about $name', ({ document: broken, check }) => {
    expect(refusedByStructure(broken)).toBe(check === 'structure');
    expect(accepts(broken)).toBe(check !== 'structure');
  });

  it.each([null, [], 'sluice: 1', 1, true])('refuses %j, which is no document', (value) => {
    expect(refusedByStructure(value)).toBe(true);
    expect(accepts(value)).toBe(false);
  });

  it('counts the characters of a name as the parser does, and not their UTF-16 units', () => {
    for (const [text, accepted] of [
      ['😀'.repeat(256), true],
      ['😀'.repeat(257), false],
      ['é'.repeat(256), true],
    ] as const) {
      const named = { sluice: 1, flagSetId: text, flags: { [text]: {} } };
      expect(accepts(named)).toBe(accepted);
      expect(refusedByStructure(named)).toBe(!accepted);
    }
  });

  it('describes every key', () => {
    const undescribed = Object.entries(definitions)
      .concat([['document', schema]])
      .flatMap(([owner, { properties = {} }]) =>
        Object.entries(properties)
          .filter(([, member]) => !('description' in member) && !('$ref' in member))
          .map(([member]) => `${owner}.${member}`),
      );
    expect(undescribed).toEqual([]);
  });

  it('names as defaults what is the same written out as left out', () => {
    const defaults = (of: Definition) =>
      Object.fromEntries(
        Object.entries(of.properties ?? {}).flatMap(([key, member]) =>
          'default' in member ? [[key, member.default]] : [],
        ),
      );
    const rollout = { percentage: 5, serve: 'on' };
    const plain = { sluice: 1, switches: { s: {} }, flags: { f: { rollout } } };
    const flag = { ...defaults(definitions['flag'] ?? {}), control: 'off', rollout };
    const written = {
      ...defaults(schema),
      sluice: 1,
      switches: { s: defaults(definitions['switch'] ?? {}) },
      flags: { f: flag },
    };
    expect(Object.keys(flag).length).toBeGreaterThan(7);
    expect(accepts(written)).toBe(true);
    const answers = [plain, written].map((each) => {
      const flags = compileDocument(each as Document);
      const { flagVersion: _, version: __, ...metadata } = evaluate(flags, 'f', { targetingKey: 'ada' }).flagMetadata;
      const states = { switches: new Map([['s', { on: false, since: 0, by: '', why: '' }]]), flags: new Map() };
      const off = { switches: states };
      return [metadata, flags.switches.get('s')?.retryAfterSeconds, evaluate(flags, 's', {}, off).value];
    });
    expect(answers[1]).toEqual(answers[0]);
  });
});
