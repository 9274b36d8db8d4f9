import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseDocument } from '../src/document/parse.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';
import { parseText } from '../src/text/parse-text.ts';
import { document } from './arbitraries.ts';
import { brokenDocuments } from './broken-documents.ts';
import { context } from './condition-arbitraries.ts';
import { targetedDocument } from './targeted-documents.ts';

const errors = (value: unknown) => parseDocument(value).problems.filter(({ severity }) => severity === 'error');
const warnings = (flag: object) => {
  const { document: parsed, problems } = parseDocument({ sluice: 1, switches: { ai: {} }, flags: { f: flag } });
  expect(parsed).toBeDefined();
  return problems.map(({ severity, path, message }) => `${severity} ${path.join('.')} ${message}`);
};

describe('a broken document', () => {
  it.each(brokenDocuments)('$name: refused with its path and what to write instead', (each) => {
    const [problem, ...more] = errors(each.document);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ check: each.check, path: each.path });
    expect(problem?.message).toContain(each.message);
    expect(parseDocument(each.document).document).toBeUndefined();
  });

  it('tells all its problems at once, those of structure and those of reference', () => {
    const both = {
      sluice: 1,
      colour: 'red',
      segments: { s: { when: { inSegment: 'nowhere' }, note: 1 } },
      flags: {
        broken: {
          kind: 'model',
          risk: 'huge',
          requires: ['ai'],
          control: 'c',
          variants: { a: 1, b: 'B' },
          extra: 1,
          rollout: { percentage: 200, serve: 'd' },
        },
        sound: {
          rules: [
            { when: { inSegment: 'missing', x: {} }, serve: 'maybe', because: 1 },
            { when: { inSegment: 'missing' }, serve: 'on' },
          ],
        },
      },
    };
    expect(
      errors(both)
        .map(({ path }) => path.join('.'))
        .sort(),
    ).toEqual([
      'colour',
      'flags.broken.control',
      'flags.broken.extra',
      'flags.broken.requires.0',
      'flags.broken.risk',
      'flags.broken.rollout.percentage',
      'flags.broken.rollout.serve',
      'flags.broken.variants.b',
      'flags.sound.rules.0.because',
      'flags.sound.rules.0.serve',
      'flags.sound.rules.0.when.x',
      'flags.sound.rules.1.when.inSegment',
      'segments.s.note',
      'segments.s.when.inSegment',
    ]);
  });

  it('does not complain about names where it is the declarations that are broken', () => {
    const flag = { variants: { a: null }, control: 'a', rollout: { percentage: 1, serve: 'b' } };
    expect(errors({ sluice: 1, flags: { f: flag } }).map(({ path }) => path)).toEqual([
      ['flags', 'f', 'variants', 'a'],
    ]);
  });

  it('is refused, and nothing is thrown, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseDocument(value).document).toBeUndefined();
        expect(parseDocument({ sluice: 1, flags: value, segments: { s: value } }).document).toBeUndefined();
      }),
    );
  });

  it('is refused where it holds itself', () => {
    const when: Record<string, unknown> = {};
    when['all'] = [when];
    const payload: unknown[] = [];
    payload.push(payload);
    const flag = { variants: { a: payload }, control: 'a', rules: [{ when, serve: 'a' }] };
    expect(errors({ sluice: 1, flags: { f: flag } }).map(({ message }) => message)).toEqual([
      expect.stringContaining('nested deeper than 64 levels'),
      expect.stringContaining('nested deeper than 32 conditions'),
    ]);
  });
});

describe('a condition that holds itself twice', () => {
  it('is refused, and not read for ever', () => {
    const condition: Record<string, unknown> = {};
    Object.assign(condition, { all: [condition, condition], any: [condition] });
    const conversion: Record<string, unknown> = {};
    Object.assign(conversion, { some: conversion, asText: conversion });
    for (const [when, message] of [
      [condition, 'is nested deeper than 32 conditions; name a part of it as a segment'],
      [{ a: conversion }, 'is nested deeper than 32 conversions; take some of them out'],
    ]) {
      const { document, problems } = parseDocument({ sluice: 1, segments: { s: { when } } });
      expect(document).toBeUndefined();
      expect(problems.map((problem) => problem.message)).toEqual([message]);
    }
  });
});

describe('a payload that holds itself twice', () => {
  it('is refused once, and soon', () => {
    const twice: unknown[] = [];
    twice.push(twice, twice);
    const { problems } = parseDocument({ sluice: 1, flags: { f: { variants: { a: twice }, control: 'a' } } });
    expect(problems.map(({ message }) => message)).toEqual(['is nested deeper than 64 levels; make it flatter']);
  });
});

describe('a document that is usable', () => {
  it('has a warning for an AI flag that no switch can turn off', () => {
    expect(warnings({ kind: 'model' })).toEqual([
      'warning flags.f is of kind model and requires no switch, so nothing can turn it off at once',
    ]);
    expect(warnings({ kind: 'model', requires: ['ai'] })).toEqual([]);
    expect(warnings({ kind: 'release' })).toEqual([]);
    expect(warnings({})).toEqual([]);
  });

  it('has a warning for a ramp that nothing runs', () => {
    expect(warnings({ ramp: 'auto' })).toEqual(['warning flags.f.ramp has no rollout to open, so it never runs']);
    expect(warnings({ ramp: 'auto', rollout: { percentage: 1, serve: 'on' } })).toEqual([]);
  });

  it('has a warning for a rollout that changes nothing', () => {
    expect(warnings({ rollout: { percentage: 10, serve: 'off' } })).toEqual([
      'warning flags.f.rollout.serve is control, which everybody else gets as well, so the rollout changes nothing',
    ]);
  });

  it('has a warning for weights that nearly add up to 100', () => {
    const split = (on: number, off: number) => warnings({ rollout: { percentage: 10, split: { on, off } } });
    expect(split(50, 45)).toEqual([
      'warning flags.f.rollout.split has weights that add up to 95; they are taken as ratios, which may not be what you mean',
    ]);
    expect(split(50, 50)).toEqual([]);
    expect(split(33.3, 66.7)).toEqual([]);
    expect(split(1, 2)).toEqual([]);
  });

  it('is returned as the very object that was given', () => {
    const given = { sluice: 1, flags: {} };
    expect(parseDocument(given).document).toBe(given);
  });

  it('gives the same evaluations after it was printed and read again, as JSON and as YAML', () => {
    fc.assert(
      fc.property(
        fc.oneof(document, targetedDocument),
        fc.array(context, { minLength: 5, maxLength: 5 }),
        (each, contexts) => {
          const read = [
            each,
            parseText(JSON.stringify(each)).document,
            parseText(stringify(each), { format: 'yaml' }).document,
          ];
          const [original, ...printed] = read.map((one) => compileDocument(one ?? { sluice: 1 }));
          for (const key of Object.keys(each.flags ?? {})) {
            for (const one of contexts) {
              const expected = original && evaluate(original, key, one);
              for (const flags of printed) expect(evaluate(flags, key, one)).toEqual(expected);
            }
          }
        },
      ),
    );
  });
});
