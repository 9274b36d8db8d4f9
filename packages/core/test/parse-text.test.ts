import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText, type TextOptions } from '../src/text/parse-text.ts';
import { told } from './told.ts';

const yaml = (text: string) => told(text, { format: 'yaml' });
const fine = (text: string, options?: TextOptions) => {
  expect(parseText(text, options).problems).toEqual([]);
  return parseText(text, options).document;
};

describe('hostile text', () => {
  it('__proto__ is refused as a name and as a key, and pollutes nothing', () => {
    for (const text of [
      '{"sluice": 1, "__proto__": {"flags": {}}}',
      '{"sluice": 1, "flags": {"__proto__": {}}}',
      '{"sluice": 1, "flags": {"f": {"variants": {"a": {"__proto__": {"polluted": 1}}}, "control": "a"}}}',
      'sluice: 1\n__proto__: { flags: {} }\n',
      'sluice: 1\nflags:\n  __proto__: {}\n',
      'sluice: 1\nflags:\n  f: { variants: { a: { __proto__: { polluted: 1 } } }, control: a }\n',
    ]) {
      const { document, problems } = parseText(text);
      expect(document).toBeUndefined();
      expect(problems.every(({ path, line }) => path.includes('__proto__') && line !== undefined)).toBe(true);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('names that every object has are names like any other', () => {
    const text =
      'sluice: 1\nflags:\n  constructor: { variants: { toString: 1, valueOf: 2 }, control: toString }\n  hasOwnProperty: {}\n';
    expect(fine(text)).toMatchObject({ flags: { constructor: { control: 'toString' } } });
    expect(yaml(text.replace('valueOf: 2', 'valueOf: x'))).toEqual([
      expect.stringMatching(/^3:43 reference flags\.constructor\.variants\.valueOf is of type string/),
    ]);
  });

  it('of 50 MB is refused unread', () => {
    const text = 'x'.repeat(50 * 2 ** 20);
    expect(parseText(text).problems).toEqual([
      {
        severity: 'error',
        check: 'syntax',
        path: [],
        message:
          'is 52428800 characters long, more than the 2097152 that are read as yaml; split the document or raise maxLength',
      },
    ]);
    expect(parseText(`{${text}`).problems[0]?.message).toContain('more than the 16777216 that are read as json');
    expect(parseText('sluice: 1', { maxLength: 8 }).problems[0]?.message).toContain('more than the 8');
    expect(fine('sluice: 1', { maxLength: 9 })).toEqual({ sluice: 1 });
  });

  it('that stands for gigabytes is refused without being unfolded', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `  l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}*l${level}]`,
    );
    const bomb = `sluice: 1\nflags: {}\nmetrics:\n  l0: &l0 x\n${levels.join('\n')}\n`;
    expect(yaml(bomb)).toEqual([
      expect.stringMatching(/^1:1 syntax {2}has aliases that stand for more values than the text has characters/),
    ]);
    const wide = `sluice: 1\nflags:\n  f: &f [${'1,'.repeat(200_000)}]\n  g: [${'*f,'.repeat(900)}]\n`;
    expect(yaml(wide)).toEqual([expect.stringContaining('has aliases that stand for more values')]);
    const many = `sluice: 1\nflags:\n  f: &f {}\n${Array.from({ length: 10_002 }, (_, index) => `  f${index}: *f\n`).join('')}`;
    expect(yaml(many)).toEqual([
      expect.stringMatching(/^10004:11 syntax {2}is one alias more than the 10000 that are followed/),
    ]);
    expect(yaml('sluice: 1\nflags: &f\n  f: *f\n')).toEqual([
      expect.stringContaining('has aliases that stand for more values'),
    ]);
  });

  it('of a hundred thousand keys in one mapping is read', () => {
    const text = `sluice: 1\nflags:\n${Array.from({ length: 100_000 }, (_, index) => `  f${index}: {}\n`).join('')}  f7: {}\n`;
    expect(yaml(text)).toEqual([expect.stringMatching(/^100003:3 syntax {2}"f7" occurs twice/)]);
  });

  it('that is nested without end is refused where it becomes too deep', () => {
    for (const piece of ['[', '{a: ', '- ', '? ', ': ', '[[', '- - ']) {
      expect(yaml(piece.repeat(100_000))).toEqual([
        expect.stringMatching(/^1:\d{3,4} syntax {2}is nested too deeply; make it flatter$/),
      ]);
    }
    const deep = `{"sluice": 1, "flags": {"f": {"variants": {"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}, "control": "a"}}}`;
    expect(told(deep)[0]).toMatch(/^1:\d+ reference .* is nested deeper than 64 levels; make it flatter$/);
    expect(told(`{"sluice": 1, "flags": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toEqual([
      '1:15 structure flags has to be an object, not a list',
    ]);
  });

  it('that is nothing but mistakes is given up after a hundred', () => {
    for (const piece of ['[]', ']', '}{']) {
      const problems = yaml(piece.repeat(100_000));
      expect(problems.length).toBeGreaterThan(1);
      expect(problems.length).toBeLessThan(210);
    }
  });

  it('of twenty thousand problems has them all told', () => {
    const text = `sluice: 1\nflags:\n${Array.from({ length: 20_000 }, (_, index) => `  f${index}: 1\n`).join('')}`;
    expect(yaml(text)).toHaveLength(20_000);
    expect(yaml(text).at(-1)).toMatch(/^20002:3 structure flags\.f19999 has to be an object, not 1$/);
  });

  it('of any kind gives a document or an error, and throws nothing', () => {
    const piece = fc.constantFrom(
      ...[
        'sluice: 1',
        'flags:',
        'f:',
        'rollout:',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '- ',
        '? ',
        '&a ',
        '*a',
        '!!set ',
        '!x ',
        '|',
        '>',
        '\n',
        '\n  ',
        '\t',
      ],
      ...[
        '<<: ',
        '"',
        "'",
        '#',
        '---',
        '...',
        '%YAML 1.1',
        '1',
        'null',
        '~',
        '.inf',
        '0x1',
        '!!binary ',
        '!!timestamp 2001-01-01',
        '\u0000',
        '\ud800',
        '__proto__: ',
      ],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((each) => each.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(undefined, 'yaml' as const, 'json' as const), (each, format) => {
        const { document, problems } = parseText(each, format && { format });
        expect(document === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        expect(problems.every(({ line = 0, column = 0 }) => line > 0 && column > 0)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
