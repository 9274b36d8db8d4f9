import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xxh32 } from '../src/bucketing/hash.ts';
import type { Document, Switch } from '../src/document/document.ts';
import type { Flag } from '../src/document/flag.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import type { JsonValue } from '../src/json.ts';
import { document } from './arbitraries.ts';
import { compiledFlag } from './compiled.ts';
import { context } from './condition-arbitraries.ts';

/** Changes everything that can be changed about a value, in place. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) spoil(each);
  if (Array.isArray(value)) value.splice(0, value.length, 'spoilt');
  else for (const key of Object.keys(value)) delete (value as Record<string, unknown>)[key];
}

describe('compileDocument', () => {
  it('leaves the author’s object as it was, and unfrozen', () => {
    fc.assert(
      fc.property(document, (each) => {
        const copy = structuredClone(each);
        compileDocument(each);
        expect(each).toEqual(copy);
        const pending: unknown[] = [each];
        for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
          if (typeof next !== 'object' || next === null) continue;
          expect(Object.isFrozen(next) && Object.keys(next).length > 0).toBe(false);
          pending.push(...Object.values(next));
        }
      }),
    );
  });

  it('keeps nothing of a flag that was asked for: a change to the document changes none of its answers', () => {
    fc.assert(
      fc.property(document, fc.array(context, { minLength: 3, maxLength: 3 }), (each, contexts) => {
        const [mine, theirs] = [structuredClone(each), structuredClone(each)];
        const [expected, spoilt] = [compileDocument(mine), compileDocument(theirs)];
        const keys = [...expected.flags.keys(), ...expected.switches.keys()];
        for (const key of keys) evaluate(spoilt, key, {});
        spoil(theirs);
        for (const key of keys) {
          for (const one of contexts) expect(evaluate(spoilt, key, one)).toEqual(evaluate(expected, key, one));
        }
      }),
    );
  });

  it('copies a payload and freezes the copy', () => {
    const a = { model: 'gpt-4o', stops: ['x'], nothing: null };
    const { value } = evaluate(compiledFlag({ variants: { a }, control: 'a' }), 'f', {});
    expect(value).toEqual(a);
    expect(value).not.toBe(a);
    expect([value, (value as { stops: JsonValue }).stops].every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(a) || Object.isFrozen(a.stops)).toBe(false);
  });

  it('hashes with the hash that it was given', () => {
    const seen: (readonly [string, number])[] = [];
    const rollout = { percentage: 50, split: { on: 1, off: 1 } };
    const flags = compileDocument(
      { sluice: 1, flags: { f: { rollout } } },
      {
        hash: (text, seed) => {
          seen.push([text, seed]);
          return 0;
        },
      },
    );
    evaluate(flags, 'f', { targetingKey: 42 });
    expect(seen).toEqual([
      ['42', xxh32('enter:f', 0)],
      ['42', xxh32('split:f', 0)],
    ]);
  });

  it('tells the type of each flag', () => {
    const type = (value: JsonValue) => compiledFlag({ variants: { a: value }, control: 'a' }).flags.get('f')?.type;
    expect([true, 'x', 0.5, {}, []].map(type)).toEqual(['boolean', 'string', 'number', 'object', 'object']);
  });
});

describe('the audience', () => {
  it('is what a flag or a switch says, and a server otherwise', () => {
    const { clientKeys } = compileDocument({
      sluice: 1,
      switches: { a: { audience: 'client' }, b: {}, c: { audience: 'server' } },
      flags: { d: { audience: 'client' }, e: {}, f: { audience: 'server' } },
    });
    expect([...clientKeys].sort()).toEqual(['a', 'd']);
  });

  it('changes the version, and no answer', () => {
    const other = { client: 'server', server: 'client' } as const;
    fc.assert(
      fc.property(document, context, ({ version: _, ...each }, given) => {
        const turn = <Each extends Switch | Flag>(members: Readonly<Record<string, Each>> = {}) =>
          Object.fromEntries(
            Object.entries(members).map(([key, one]) => [key, { ...one, audience: other[one.audience ?? 'server'] }]),
          );
        const turned = { ...each, flags: turn(each.flags), switches: turn(each.switches) };
        expect(compileDocument(turned).version).not.toBe(compileDocument(each).version);
        const [before, after] = [each, turned].map((one) => compileDocument({ ...one, version: '1' }));
        if (before === undefined || after === undefined) throw new Error('there are two');
        for (const key of [...before.flags.keys(), ...before.switches.keys()]) {
          expect(evaluate(after, key, given)).toEqual(evaluate(before, key, given));
        }
      }),
    );
  });
});

describe('the version', () => {
  const base: Document = { sluice: 1, switches: { s: {} }, flags: { a: { salt: 'x' }, b: {} } };
  const version = (change: Partial<Document>) => compileDocument({ ...base, ...change }).version;

  it("is the author's own where there is one", () => {
    expect(version({ version: '2026-11-22.1' })).toBe('2026-11-22.1');
  });

  it('is else a hash that changes with the content, the names of the flags included', () => {
    const versions = [
      version({}),
      version({ switches: { s: { enabled: false } } }),
      version({ flagSetId: 'x' }),
      version({ flags: { a: { salt: 'y' }, b: {} } }),
      version({ flags: { a: { salt: 'x' } } }),
      version({ flags: { a: { salt: 'x' }, c: {} } }),
      version({ flags: { b: { salt: 'x' }, a: {} } }),
      version({ metrics: { m: { aggregate: 'mean', better: 'higher' } } }),
      version({ segments: { s: { when: { a: 1 } } } }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.every((each) => /^[0-9a-f]{16}$/.test(each))).toBe(true);
  });

  it('does not change with the order in which anything was written', () => {
    expect(version({ flags: { b: {}, a: { salt: 'x' } } })).toBe(version({}));
    expect(compileDocument({ flags: base.flags ?? {}, switches: { s: {} }, sluice: 1 }).version).toBe(version({}));
  });
});
