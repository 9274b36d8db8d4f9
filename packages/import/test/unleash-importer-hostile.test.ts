import { parseDocument } from '@sluice/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../src/import-report.ts';
import { unleashImporter } from '../src/unleash/unleash-importer.ts';

const whole = {
  version: 2,
  features: [
    {
      name: 'parent',
      enabled: true,
      strategies: [
        {
          name: 'flexibleRollout',
          parameters: { rollout: '50', stickiness: 'default', groupId: 'g' },
          constraints: [
            { contextName: 'country', operator: 'IN', values: ['DE'], inverted: false },
            { contextName: 'age', operator: 'NUM_GT', value: '18' },
            { contextName: 'build', operator: 'SEMVER_GT', value: '1.2.3' },
            { contextName: 'currentTime', operator: 'DATE_AFTER', value: '2026-01-01' },
            { contextName: 'remoteAddress', operator: 'IN_CIDR', values: ['10.0.0.0/8', '::/64'] },
            { contextName: 'email', operator: 'REGEX', value: 'acme' },
          ],
          segments: [1],
          variants: [{ name: 'a', weight: 500, payload: { type: 'json', value: '{"n":1}' } }],
        },
        { name: 'remoteAddress', parameters: { IPs: '10.0.0.1' } },
        { name: 'userWithId', parameters: { userIds: 'ann' } },
      ],
      variants: [
        {
          name: 'b',
          weight: 500,
          payload: { type: 'json', value: '[]' },
          overrides: [{ contextName: 'plan', values: ['x'] }],
        },
        { name: 'c', weight: 500, stickiness: 'tenant' },
      ],
    },
    { name: 'child', enabled: true, strategies: [], dependencies: [{ feature: 'parent', variants: ['a'] }] },
  ],
  segments: [
    { id: 1, name: 'staff', constraints: [{ contextName: 'email', operator: 'STR_ENDS_WITH', values: ['@a'] }] },
  ],
  featureEnvironments: [{ featureName: 'parent', environment: 'production', enabled: true, variants: [] }],
  dependencies: [{ feature: 'child', dependencies: [{ feature: 'parent' }] }],
};

const exported = {
  ...whole,
  featureStrategies: whole.features[0]?.strategies?.map((each) => ({ ...each, featureName: 'parent' })),
};

/** Paths of everything in it, itself left out. */
function pathsIn(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...pathsIn(member).map((path) => [key, ...path])]);
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const odd = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  fc.constantFrom<unknown>('', '__proto__', 'constructor', 'a\nb', 'x'.repeat(300), '1e999', '(', '::/200', 'NaN', '٣'),
  fc.constantFrom<unknown>(undefined, null, Number.NaN, -1, 1.5, {}, [], [null], [[]], { length: 3 }),
  fc.constant(`${'['.repeat(200)}${']'.repeat(200)}`),
  fc.constant('{"__proto__":{"a":1}}'),
);

function expectSound({ document, report }: ImportResult): void {
  if (document === undefined) expect(report.notes.some(({ severity }) => severity === 'lost')).toBe(true);
  else expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const { code, severity } of report.notes) expect(unleashImporter.codes[code]).toBe(severity);
  for (const construct of Object.keys(report.carried)) expect(unleashImporter.constructs).toContain(construct);
}

describe("Unleash's definitions with anything wrong in them", () => {
  it('are a document that the parser accepts, or a note that says why there is none', () => {
    const input = fc.constantFrom<unknown>(whole, exported).chain((definitions) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsIn(definitions)), odd), { minLength: 1, maxLength: 3 })
        .map((changes) => {
          let changed: unknown = definitions;
          for (const [path, value] of changes) {
            // A change may have taken away what the next would change.
            if (pathsIn(changed).some((each) => each.join('\n') === path.join('\n')))
              changed = replaced(changed, path, value);
          }
          return changed;
        }),
    );
    fc.assert(
      fc.property(input, (definitions) => expectSound(unleashImporter.convert(definitions))),
      { numRuns: 400 },
    );
  });

  it('are no document where they are not definitions at all', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const { document, report } = unleashImporter.convert(input);
        expect(document).toBeUndefined();
        expect(report.notes.length).toBeGreaterThan(0);
      }),
    );
  });

  it('may hold themselves, and may throw when they are read', () => {
    const cyclic: Record<string, unknown> = { name: 'f', enabled: true };
    cyclic['strategies'] = [{ name: 'default', parameters: {}, constraints: [cyclic], variants: [cyclic] }];
    cyclic['variants'] = cyclic['strategies'];
    expectSound(unleashImporter.convert({ features: [cyclic] }));
    const thrown = new Proxy(
      {},
      {
        get: () => {
          throw new Error('read');
        },
      },
    );
    const { report } = unleashImporter.convert({ features: [{ name: 'f', enabled: true, strategies: [thrown] }] });
    expect(report.notes.at(-1)).toMatchObject({ severity: 'lost', code: 'unusable' });
  });

  it('are carried as far as they are sound', () => {
    const { document, report } = unleashImporter.convert({
      features: [
        null,
        { name: 'broken', enabled: true, strategies: 'all' },
        { name: 'x'.repeat(300), enabled: true, strategies: [] },
        ...whole.features,
      ],
      segments: whole.segments,
    });
    expect(Object.keys(document?.flags ?? {})).toEqual(['broken', 'parent', 'parent.enabled', 'child']);
    expect(report.notes.filter(({ severity }) => severity === 'lost').map(({ code, path }) => [code, path])).toEqual([
      ['malformed', ['features', 0]],
      ['malformed', ['features', 1, 'strategies']],
      ['name', ['features', 2]],
    ]);
  });

  it('cannot bring a payload that is nested too deep, nor one that reaches for a prototype', () => {
    for (const value of [`${'['.repeat(200)}${']'.repeat(200)}`, '{"__proto__":{"a":1}}']) {
      const variants = [{ name: 'a', weight: 1, payload: { type: 'json', value } }];
      const features = [
        { name: 'f', enabled: true, strategies: [], variants },
        { name: 'sound', enabled: true, strategies: [] },
      ];
      const { document, report } = unleashImporter.convert({ features });
      expect(Object.keys(document?.flags ?? {})).toEqual(['sound']);
      expect(report.notes).toMatchObject([{ code: 'malformed', path: ['features', 0] }]);
    }
  });
});
