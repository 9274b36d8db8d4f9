import { describe, expect, it } from 'vitest';
import { parseText, type TextOptions } from '../src/text/parse-text.ts';
import { told } from './told.ts';

const yaml = (text: string) => told(text, { format: 'yaml' });
const fine = (text: string, options?: TextOptions) => {
  expect(parseText(text, options).problems).toEqual([]);
  return parseText(text, options).document;
};

describe('a problem in YAML is shown at its line and column', () => {
  it('at the key, wherever it is', () => {
    const text = `# flags of the bot
sluice: 1
flags:
  "with space":
    colour: red
    variants: { a: A, b: B }
    control: c
    rules:
      - when: { country: [] }
        serve: a
      - { when: { plan: { equals: pro } }, serve: d }
  1:
    requires: [ai]
`;
    expect(yaml(text)).toEqual([
      expect.stringMatching(/^5:5 structure flags\.with space\.colour is not known here/),
      expect.stringMatching(/^9:17 structure flags\.with space\.rules\.0\.when\.country a list has to hold/),
      expect.stringMatching(/^11:27 structure flags\.with space\.rules\.1\.when\.plan\.equals is no operator/),
      '13:16 reference flags.1.requires.0 "ai" is not a declared switch; there are none',
      '7:5 reference flags.with space.control "c" is not a declared variant; declared are a, b',
      '11:44 reference flags.with space.rules.1.serve "d" is not a declared variant; declared are a, b',
    ]);
  });

  it('at the parent where a key is missing, and at the start where it is the document’s', () => {
    expect(yaml('\n\nflags:\n  f:\n    rollout: { serve: "on" }\n')).toEqual(
      ['3:1 structure  needs "sluice"', '5:5 structure flags.f.rollout needs "percentage"'].sort((a, b) =>
        b.localeCompare(a),
      ),
    );
  });

  it('at the alias where what it stands for is wrong', () => {
    const text = 'sluice: 1\nsegments:\n  s: &s\n    when: {}\nflags:\n  f:\n    rules:\n      - *s\n';
    expect(yaml(text)).toEqual([
      '4:5 structure segments.s.when is empty; name at least one attribute, all, any, none, inSegment, now or bucket',
      '8:9 structure flags.f.rules.0.when is empty; name at least one attribute, all, any, none, inSegment, now or bucket',
      '8:9 structure flags.f.rules.0 needs serve or rollout',
    ]);
  });

  it('with carriage returns and a byte order mark as without', () => {
    const text = 'sluice: 1\nflags:\n  f: { colour: 1 }\n';
    const [plain] = yaml(text);
    expect(plain).toMatch(/^3:8 structure flags\.f\.colour/);
    expect(yaml(text.replaceAll('\n', '\r\n'))).toEqual([plain]);
    expect(yaml(`\ufeff${text}`)).toEqual([plain]);
    expect(yaml(`\ufeffsluice: 2`)).toEqual(['1:1 structure sluice 2 is not a format this release reads; write 1']);
  });

  it('warnings too, with the document', () => {
    const { document, problems } = parseText('sluice: 1\nflags:\n  f:\n    kind: model\n');
    expect(document).toEqual({ sluice: 1, flags: { f: { kind: 'model' } } });
    expect(problems).toMatchObject([{ severity: 'warning', line: 3, column: 3 }]);
  });
});

describe('YAML that is none is refused with its place', () => {
  it.each([
    ['a tab', 'sluice: 1\nflags:\n\tf: {}\n', /^3:1 syntax .*Tabs/],
    ['a half-written mapping', 'sluice: 1\nflags:\n  f: { rollout: { percentage: 1', /^3:\d+ syntax /],
    ['a half-written key', 'sluice: 1\nflags:\n  f:\n    roll\n    kind: model\n', /^4:5 syntax /],
    ['a half-written string', 'sluice: 1\nversion: "1.0\nflags: {}\n', /^\d:\d+ syntax /],
    ['an indentation that fits nothing', 'sluice: 1\nflags:\n    f: {}\n  g: {}\n', /^4:\d syntax /],
    [
      'a key that occurs twice',
      'sluice: 1\nflags:\n  f: {}\n  g: {}\n  f: {}\n',
      /^5:3 syntax {2}"f" occurs twice here, and only one of the two could count; remove or rename one$/,
    ],
    [
      'a key that occurs twice, once in quotes',
      'sluice: 1\nflags: { 1: {}, "1": {} }\n',
      /^2:17 syntax {2}"1" occurs twice here/,
    ],
    [
      'a merge key',
      'sluice: 1\nflags:\n  f:\n    variants: { a: &a { m: 1 }, b: { <<: *a, n: 2 } }\n    control: a\n',
      /^4:38 syntax {2}<< merges nothing in YAML 1\.2; alias a whole value, or write its members out$/,
    ],
    ['an alias without an anchor', 'sluice: 1\nflags:\n  f: *g\n', /^3:6 syntax {2}\*g has no anchor &g before it$/],
    [
      'an alias before its anchor',
      'sluice: 1\nflags:\n  f: *g\n  g: &g {}\n',
      /^3:6 syntax {2}\*g has no anchor &g before it$/,
    ],
    ['a second document', 'sluice: 1\n---\nsluice: 1\n', /^2:1 syntax {2}begins a second document; a file holds one$/],
    ['a key that is a list', 'sluice: 1\n? [a]\n: 1\n', /^2:3 syntax /],
    ['nothing', '', /^1:1 syntax {2}is empty; begin with "sluice: 1"$/],
    ['nothing but a comment', '# soon\n', /^1:1 syntax {2}is empty/],
  ])('%s', (_, text, expected) => {
    const problems = yaml(text);
    expect(problems[0]).toMatch(expected);
    expect(parseText(text).document).toBeUndefined();
  });

  it('all mistakes at once', () => {
    expect(yaml('sluice: 1\nflags: { f: {}, f: {} }\nsegments: *x\n').map((each) => each.split(' ')[0])).toEqual([
      '2:17',
      '3:11',
    ]);
  });

  it('a scalar or a list is no document', () => {
    expect(yaml('sluice')).toEqual(['1:1 structure  has to be an object, not "sluice"']);
    expect(yaml('- sluice: 1')).toEqual(['1:1 structure  has to be an object, not a list']);
  });

  it('a tag of YAML 1.1 makes no set, date or bytes: what it is on counts as written', () => {
    for (const [tag, value] of [
      ['set', '{ f }'],
      ['omap', '[]'],
      ['binary', 'aGk='],
      ['timestamp', '2026-11-22'],
    ]) {
      const { document, problems } = parseText(`sluice: 1\nflags: !!${tag} ${value}\n`);
      expect(document).toBeUndefined();
      expect(problems.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^has to be an object, not /),
      );
    }
  });

  it('a tag that means nothing is a warning', () => {
    const { document, problems } = parseText('sluice: 1\nversion: !mine "3"\n');
    expect(document).toEqual({ sluice: 1, version: '3' });
    expect(problems).toMatchObject([{ severity: 'warning', check: 'syntax', line: 2, column: 10 }]);
  });
});

describe('YAML reads as YAML 1.2', () => {
  it('on, off, yes and no are strings; anchors and aliases and comments work', () => {
    const text = `
sluice: 1   # the format
flags:
  a: &flag
    rollout: { percentage: 5, serve: on }
  b: *flag
  off: { variants: { yes: no, 1: x }, control: 1 }
`;
    expect(parseText(text.replace('control: 1', 'control: "1"')).document).toEqual({
      sluice: 1,
      flags: {
        a: { rollout: { percentage: 5, serve: 'on' } },
        b: { rollout: { percentage: 5, serve: 'on' } },
        off: { variants: { yes: 'no', 1: 'x' }, control: '1' },
      },
    });
    expect(yaml(text)).toEqual(['7:39 structure flags.off.control has to be a string, not 1']);
  });

  it('a mapping in braces is YAML too, with its comments and bare keys', () => {
    expect(fine('{ sluice: 1, # why\n flags: { f: {}, } }')).toEqual({ sluice: 1, flags: { f: {} } });
    expect(told('{ sluice: 1, flags: { f: { colour: 1 } } }')).toEqual([
      expect.stringMatching(/^1:28 structure flags\.f\.colour/),
    ]);
  });
});
