import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPath, walkJson } from '../src/text/walk-json.ts';

const faultOf = (text: string) => walkJson(text, () => {});
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('walkJson', () => {
  it('takes exactly what JSON.parse takes', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"a":',
      '1',
      '-0',
      '1e5',
      '01',
      '1.',
      'true',
      'null',
      'nul',
      ' ',
      '\n',
      '"\\u00e9"',
      '"\\x"',
      '"',
      '\u0000',
      '\u00a0',
    ];
    const text = fc.oneof(
      fc.array(fc.constantFrom(...pieces)).map((each) => each.join('')),
      fc.json(),
      fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces)).map(([json, where, piece]) => {
        const at = where % (json.length + 1);
        return json.slice(0, at) + piece + json.slice(at + 1);
      }),
    );
    fc.assert(
      fc.property(text, (each) => {
        expect(faultOf(each) === undefined).toBe(isJson(each));
      }),
      { numRuns: 5000 },
    );
  });

  it('visits every member and entry in order, each with the place of its key or itself', () => {
    const text = '{"a": [1, {"b": null}], "c\\n": {}}';
    const seen: (readonly [string, string])[] = [];
    walkJson(text, (path, offset) =>
      seen.push([path.slice(1).split('\u0000').join('/'), text.slice(offset, offset + 3)]),
    );
    expect(seen).toEqual([
      ['a', '"a"'],
      ['a/0', '1, '],
      ['a/1', '{"b'],
      ['a/1/b', '"b"'],
      ['c\n', '"c\\'],
    ]);
    expect(jsonPath(jsonPath('', 'a'), 0)).toBe('\u0000a\u00000');
  });

  it('tells a key that was there before in the same object', () => {
    const twice: string[] = [];
    walkJson('{"a": {"a": 1, "\\u0061": 2}, "b": 1, "a": 3}', (path, _, repeated) => repeated && twice.push(path));
    expect(twice).toEqual(['\u0000a\u0000a', '\u0000a']);
  });

  it.each([
    ['', 0, 'a value'],
    ['{"a": 1 "b": 2}', 8, 'a comma or }'],
    ['[1 2]', 3, 'a comma or ]'],
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ["{'a': 1}", 1, 'a key in double quotes'],
    ['{"a" 1}', 5, 'a colon'],
    ['{"a": }', 6, 'a value'],
    ['[1,]', 3, 'a value'],
    ['{} {}', 3, 'nothing more after the end of the document'],
    ['{"a": "open', 6, 'a value'],
    ['// why\n{}', 0, 'a value'],
    ['{"a": [', 7, 'a value'],
  ])('%j stops being JSON at %i, where there has to be %s', (text, offset, expected) => {
    expect(faultOf(text)).toEqual({ offset, expected });
  });

  it('goes as deep as the text does', () => {
    expect(faultOf('['.repeat(1_000_000) + ']'.repeat(1_000_000))).toBeUndefined();
    expect(faultOf('['.repeat(1_000_000))).toEqual({ offset: 1_000_000, expected: 'a value' });
  });
});
