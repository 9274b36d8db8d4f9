import { describe, expect, it } from 'vitest';
import { told } from './told.ts';

const json = (text: string) => told(text, { format: 'json' });

describe('a problem in JSON is shown at its line and column', () => {
  const text = `{
  "sluice": 1,
  "flags": {
    "f": { "colour": "a \\" : {", "rules": [{ "when": {}, "serve": "on" },
      { "when": { "a": 1 }, "serve": "maybe" }] }
  }
}`;
  it('at the key, wherever it is', () => {
    const expected = [
      expect.stringMatching(/^4:12 structure flags\.f\.colour/),
      expect.stringMatching(/^4:46 structure flags\.f\.rules\.0\.when is empty/),
      '5:29 reference flags.f.rules.1.serve "maybe" is not a declared variant; declared are on, off',
    ];
    expect(json(text)).toEqual(expected);
    expect(told(text)).toEqual(expected);
    expect(json(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(json(`\ufeff${text}`)).toEqual(expected);
  });

  it('at the entry of a list, at the parent where a key is missing, at the start', () => {
    expect(json(' {"flags": {"f": {"requires": ["a", 5]}}}')).toEqual([
      '1:37 structure flags.f.requires.1 has to be a string, not 5',
      '1:2 structure  needs "sluice"',
    ]);
    expect(json('{"sluice": 1, "flags": {"f": {"rollout": {"serve": "on"}}}}')).toEqual([
      '1:31 structure flags.f.rollout needs "percentage"',
    ]);
    expect(json('\n[]')).toEqual(['2:1 structure  has to be an object, not a list']);
  });

  it('also in a file of megabytes', () => {
    const flags = Object.fromEntries(
      Array.from({ length: 40_000 }, (_, index) => [`flag-${index}`, { description: 'x'.repeat(40) }]),
    );
    const large = JSON.stringify({ sluice: 1, flags }, undefined, 1);
    expect(large.length).toBeGreaterThan(2 * 2 ** 20);
    expect(told(large)).toEqual([]);
    const broken = large.replace('"flag-39999": {\n   "description"', '"flag-39999": {\n   "colour"');
    expect(told(broken)).toEqual([
      expect.stringMatching(/^120002:4 structure flags\.flag-39999\.colour is not known here/),
    ]);
    const twice = large.replace('"flag-39999"', '"flag-0"');
    expect(told(twice)).toEqual([expect.stringMatching(/^120001:3 syntax flags\.flag-0 occurs twice here/)]);
    const cut = large.slice(0, -30);
    expect(told(cut)).toEqual([expect.stringMatching(/^\d+:\d+ syntax {2}is not JSON: expected a value here/)]);
  });
});

describe('JSON that is none is refused with its place', () => {
  it.each([
    ['nothing', '', '1:1 syntax  is not JSON: expected a value here'],
    ['a missing comma', '{\n "sluice": 1\n "flags": {}}', '3:2 syntax  is not JSON: expected a comma or } here'],
    ['a comma too many', '{"sluice": 1,}', '1:14 syntax  is not JSON: expected a key in double quotes here'],
    [
      'a comment',
      '{"sluice": 1, // why\n "flags": {}}',
      '1:15 syntax  is not JSON: expected a key in double quotes here',
    ],
    ['half a file', '{"sluice": 1, "flags": {"f": ', '1:30 syntax  is not JSON: expected a value here'],
    ['YAML', 'sluice: 1', '1:1 syntax  is not JSON: expected a value here'],
    [
      'a key that occurs twice',
      '{"sluice": 1, "flags": {"f": {}, "f": {}}}',
      '1:34 syntax flags.f occurs twice here, and only one of the two could count; remove or rename one',
    ],
  ])('%s', (_, text, expected) => {
    expect(json(text)).toEqual([expected]);
  });

  it('without a format asked for, text in braces is judged as the language in which more of it makes sense', () => {
    expect(told('{"sluice": 1, "flags": {"f": {}, "f": {}}}')).toEqual([
      expect.stringMatching(/^1:34 syntax flags\.f occurs twice here/),
    ]);
    expect(told('{"sluice": 1 "flags": {}}')).toEqual(['1:14 syntax  is not JSON: expected a comma or } here']);
    expect(told('{ sluice: 1, flags: { f: *f } }')).toEqual(['1:26 syntax  *f has no anchor &f before it']);
  });
});
