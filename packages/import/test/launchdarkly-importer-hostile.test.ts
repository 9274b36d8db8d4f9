import { compileDocument, evaluate, parseDocument } from '@sluice/core';
import { type ImportResult, launchdarklyImporter } from '@sluice/import';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const clauses = [
  { attribute: 'plan', contextKind: 'user', op: 'in', values: ['pro', 5, null], negate: true },
  { attribute: '', op: 'segmentMatch', values: ['beta'] },
];
const rollout = {
  kind: 'experiment',
  contextKind: 'org',
  bucketBy: '/a/b',
  seed: 61,
  variations: [{ variation: 0, weight: 50_000, untracked: true }],
};
const payload = {
  flags: {
    gate: { key: 'gate', version: 1, on: true, variations: [true, false], fallthrough: { variation: 0 } },
    model: {
      key: 'model',
      version: 1,
      on: true,
      salt: 's',
      variations: ['a', 'b'],
      offVariation: 1,
      fallthrough: { rollout },
      prerequisites: [{ key: 'gate', variation: 0 }],
      targets: [{ values: ['x'], variation: 0 }],
      contextTargets: [{ contextKind: 'org', values: ['o'], variation: 1 }],
      rules: [{ id: 'r', variation: 1, clauses }],
    },
  },
  segments: {
    beta: {
      key: 'beta',
      version: 1,
      salt: 's',
      included: ['x'],
      excludedContexts: [{ contextKind: 'org', values: ['o'] }],
      rules: [{ clauses: [clauses[0]], weight: 5, bucketBy: 'team', rolloutContextKind: 'org' }],
    },
  },
};

/** Every place in a value, as the steps to it. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[step] = replaced((value as Record<string, unknown>)[step], rest, by);
  return copy;
}

/** Whatever came in, a document that comes out is one, and answers. */
function expectSound({ document, report }: ImportResult): void {
  for (const { code, message } of report.notes) {
    expect(Object.hasOwn(launchdarklyImporter.codes, code)).toBe(true);
    expect(message).not.toBe('');
  }
  if (document === undefined) {
    expect(report.notes.some(({ severity }) => severity === 'lost')).toBe(true);
    return;
  }
  expect(parseDocument(document).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const flags = compileDocument(document);
  for (const key of flags.flags.keys()) {
    expect(evaluate(flags, key, { targetingKey: 'x', plan: ['pro'] }).errorCode).toBeUndefined();
  }
}

describe('an input that is none', () => {
  it('gives a report and no document, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (input) => expectSound(launchdarklyImporter.convert(input))));
  });

  it.each([undefined, null, 5, 'text', [], {}, { flags: [] }, { flags: {} }, { segments: {} }, { data: null }])(
    'gives no document: %j',
    (input) => {
      const { document, report } = launchdarklyImporter.convert(input);
      expect(document).toBeUndefined();
      expect(report.notes.map(({ code }) => code)).toEqual(['input']);
    },
  );
});

describe('a payload that is broken somewhere', () => {
  const values = fc.oneof(
    fc.anything({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      '',
      '/',
      '~',
      'kind',
      '__proto__',
      'a'.repeat(300),
      -1,
      1e21,
      Number.NaN,
      2 ** 53,
      null,
      [null],
      {},
    ),
  );

  it('gives what is whole, and a document that is sound', () => {
    const places = placesIn(payload);
    fc.assert(
      fc.property(fc.constantFrom(...places), values, (place, value) =>
        expectSound(launchdarklyImporter.convert(replaced(payload, place, value))),
      ),
      { numRuns: 500 },
    );
  });

  it('may be cut off anywhere', () => {
    for (const place of placesIn(payload)) {
      expectSound(launchdarklyImporter.convert(replaced(payload, place, undefined)));
    }
  });
});

describe('an input that means harm', () => {
  const model = payload.flags.gate;

  it('may hold itself', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    const { document, report } = launchdarklyImporter.convert({
      flags: { gate: model, circular: { ...model, key: 'circular', variations: [value, value] } },
    });
    expect(Object.keys(document?.flags ?? {})).toEqual(['gate']);
    expect(report.notes.map(({ code }) => code)).toContain('refused');
  });

  it('may name the prototype', () => {
    const flags = JSON.parse(`{"__proto__": ${JSON.stringify({ ...model, key: '__proto__' })}}`);
    expectSound(launchdarklyImporter.convert({ flags: { ...payload.flags, ...flags }, segments: payload.segments }));
    expectSound(launchdarklyImporter.convert({ flags }));
    expect(({} as Record<string, unknown>)['variations']).toBeUndefined();
  });

  it('may throw when it is read', () => {
    const input = {
      get flags(): never {
        throw new Error('no');
      },
    };
    const { document, report } = launchdarklyImporter.convert(input);
    expect(document).toBeUndefined();
    expect(report.notes).toMatchObject([{ code: 'input', message: 'could not be read: no' }]);
  });

  it('may chain more flags and segments than a stack could follow', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `link-${index}`);
    const flags = keys.map((key, index) => [
      key,
      { ...model, key, prerequisites: index === 999 ? [] : [{ key: `link-${index + 1}`, variation: 0 }] },
    ]);
    const segments = keys.map((key, index) => [
      key,
      { key, version: 1, rules: [{ clauses: [{ attribute: '', op: 'segmentMatch', values: [`link-${index + 1}`] }] }] },
    ]);
    expectSound(
      launchdarklyImporter.convert({ flags: Object.fromEntries(flags), segments: Object.fromEntries(segments) }),
    );
  });
});
