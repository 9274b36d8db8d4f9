import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { DocumentError, type Path } from '../src/document/problem.ts';
import type { JsonValue } from '../src/json.ts';
import { editText } from '../src/text/edit/edit-text.ts';
import { smallestEdits, type TextEdit, withEdit } from '../src/text/edit/json-edits.ts';
import { editOf, jsonValue, memberAt, writtenJson, writtenYaml } from './written-texts.ts';

const written = fc.oneof({ weight: 3, arbitrary: writtenYaml }, { weight: 1, arbitrary: writtenJson });
const edited = written.chain((each) => fc.record({ written: fc.constant(each), edit: editOf(each.value) }));

const read = (text: string): unknown => parse(text, { stringKeys: true, logLevel: 'error' });
/** As a text says it: keys in any order. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** The document with the edit made, one member after the other. */
function after(value: unknown, { path, value: given }: TextEdit): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return given;
  const member = memberAt(value as JsonValue, [step]);
  const next = rest.length === 0 || member !== undefined ? member : typeof rest[0] === 'number' ? [] : {};
  if (given === undefined && member === undefined) return value;
  const inner = rest.length === 0 ? given : after(next ?? {}, { path: rest, value: given });
  if (Array.isArray(value)) {
    const list = [...value];
    list.splice(step as number, 1, ...(inner === undefined ? [] : [inner]));
    return list;
  }
  const others = Object.entries(value as object).filter(([key]) => key !== step);
  return Object.fromEntries(inner === undefined ? others : [...others, [step, inner]]);
}

describe('editText', () => {
  it('makes the edit, and no other', () => {
    fc.assert(
      fc.property(edited, ({ written: { text, value }, edit }) => {
        expect(plain(read(editText(text, [edit])))).toEqual(plain(after(value, edit)));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a text in which all is so already as it is', () => {
    fc.assert(
      fc.property(written, fc.nat(), ({ text, value }, place) => {
        const entries = Object.entries(value as object);
        const [key, member] = entries[place % Math.max(entries.length, 1)] ?? [];
        const edits: TextEdit[] = [
          { path: [], value },
          { path: ['nobody', 'has', 3, 'this'], value: undefined },
        ];
        if (key !== undefined) edits.push({ path: [key], value: member as JsonValue });
        expect(editText(text, edits)).toBe(text);
      }),
    );
  });

  it('leaves every comment but those of what it removes or replaces', () => {
    fc.assert(
      fc.property(edited, ({ written: { text, value, comments }, edit }) => {
        const edits = smallestEdits(value, edit).map(({ path }) => path);
        const gone = (path: Path): boolean => edits.some((each) => each.every((step, index) => path[index] === step));
        const result = editText(text, [edit]);
        for (const comment of comments) if (!gone(comment.path)) expect(result).toContain(comment.text);
      }),
      { numRuns: 300 },
    );
  });

  it('changes only lines of what it sets, and its line breaks are those of the text', () => {
    fc.assert(
      fc.property(writtenYaml, jsonValue, ({ text }, value) => {
        const result = editText(text, [{ path: ['a new one'], value }]);
        if (/^(---\s+)?(#\S+\s+)*[[{]/.test(text)) return;
        for (const line of text.trimEnd().split(/\r?\n/)) expect(result.split(/\r?\n/)).toContain(line);
        const breaks = (each: string, pattern: RegExp): boolean => pattern.test(each);
        if (breaks(text, /\r\n/)) expect(breaks(result, /[^\r]\n/)).toBe(false);
        else expect(breaks(result, /\r\n/)).toBe(false);
      }),
    );
  });

  it('changes nothing behind the other aliases of what it edits', () => {
    const shared = fc.tuple(jsonValue, jsonValue, fc.nat()).map(([first, second, place]) => {
      const inner = { first, twice: [first, { x: second }] };
      return { inner, place, value: { a: inner, b: { again: inner, second }, c: [inner, second], d: 1 } as JsonValue };
    });
    let aliases = 0;
    fc.assert(
      fc.property(
        shared.chain((each) => fc.record({ each: fc.constant(each), edit: editOf(each.value) })),
        ({ each, edit }) => {
          const text = stringify(each.value);
          if (/\*a\d/.test(text)) aliases++;
          expect(plain(read(editText(text, [edit])))).toEqual(plain(after(each.value, edit)));
        },
      ),
    );
    expect(aliases).toBeGreaterThan(50);
  });

  it('makes edits one after the other', () => {
    const edits: TextEdit[] = [
      { path: ['a', 'b'], value: 1 },
      { path: ['a', 'c'], value: [] },
      { path: ['a', 'c', 0], value: 'x' },
      { path: ['a', 'b'], value: undefined },
    ];
    expect(editText('', edits)).toBe('a:\n  c:\n    - x\n');
    expect(edits.reduce<unknown>((value, edit) => smallestEdits(value, edit).reduce(withEdit, value), {})).toEqual({
      a: { c: ['x'] },
    });
  });
});

const flags = `# license
sluice: 1   # format
switches:
  ai-agent: { enabled: true } # the agent
flags:
  # the big one
  support-model:
    requires: [ai-agent]
    control: 'gpt'

    # everyone else
    rollout: { percentage: 1, serve: "claude" } # 1%
    # soon 5
  other:
    rollout:
      percentage: 5
      # raise on Monday
      serve: "on"
        # deeper
  plain:
# end
`;
const model = ['flags', 'support-model'];

describe('an edit', () => {
  it.each<[what: string, edits: TextEdit[], written: string, rewritten: string]>([
    ['a number', [{ path: [...model, 'rollout', 'percentage'], value: 5 }], '{ percentage: 1,', '{ percentage: 5,'],
    ['a text, in its quotes', [{ path: [...model, 'control'], value: 'cl' }], "control: 'gpt'", "control: 'cl'"],
    [
      'a new entry behind the others, with its comments where they were',
      [{ path: [...model, 'killed'], value: true }],
      '# 1%\n',
      '# 1%\n    killed: true\n',
    ],
    [
      'a new entry in brackets like those beside it',
      [{ path: ['switches', 'search', 'enabled'], value: false }],
      '# the agent\n',
      '# the agent\n  search: { enabled: false }\n',
    ],
    [
      'only the members that differ',
      [{ path: [...model, 'rollout'], value: { percentage: 1, split: { a: 1 } } }],
      'percentage: 1, serve: "claude" }',
      'percentage: 1, split: { a: 1 } }',
    ],
    [
      'an entry away, with the comment above it and no other',
      [{ path: [...model, 'rollout'], value: undefined }],
      '    # everyone else\n    rollout: { percentage: 1, serve: "claude" } # 1%\n',
      '',
    ],
    [
      'an entry away with what is further to the right',
      [{ path: ['flags', 'other', 'rollout', 'serve'], value: undefined }],
      '      # raise on Monday\n      serve: "on"\n        # deeper\n',
      '',
    ],
    [
      'the only entry away',
      [{ path: ['flags', 'other', 'rollout'], value: undefined }],
      '  other:\n    rollout:\n      percentage: 5\n      # raise on Monday\n      serve: "on"\n        # deeper\n',
      '  other: {}\n',
    ],
    [
      'into nothing, as the same key is written elsewhere',
      [{ path: ['flags', 'plain', 'rollout', 'percentage'], value: 3 }],
      '  plain:\n',
      '  plain:\n    rollout:\n      percentage: 3\n',
    ],
    ['a list longer', [{ path: [...model, 'requires', 1], value: 'x' }], '[ai-agent]', '[ai-agent, x]'],
    ['a list empty', [{ path: [...model, 'requires', 0], value: undefined }], '[ai-agent]', '[]'],
    ['at the end of the document', [{ path: ['version'], value: '2' }], '  plain:\n', '  plain:\nversion: "2"\n'],
  ])('makes %s', (_, edits, before, rewritten) => {
    expect(flags.split(before)).toHaveLength(2);
    expect(editText(flags, edits)).toBe(flags.replace(before, () => rewritten));
  });

  const set = (path: Path, value: JsonValue): TextEdit => ({ path, value });
  const remove = (path: Path): TextEdit => ({ path, value: undefined });

  it.each<[what: string, text: string, edit: TextEdit, result: string]>([
    ['an empty file', '', set(['a', 'b'], 1), 'a:\n  b: 1\n'],
    ['a file of comments', '# hi', set(['a'], 1), '# hi\na: 1\n'],
    ['document markers', '---\n# x\n...\n', set(['a'], 1), '---\n# x\na: 1\n...\n'],
    ['what stands between document markers', '---\na: 1\n...\n# y\n', set(['b'], 2), '---\na: 1\nb: 2\n...\n# y\n'],
    ['a byte order mark', '\ufeffa: 1\n', set(['a'], 2), '\ufeffa: 2\n'],
    [
      'line breaks of Windows',
      'a: 1\r\nb:\r\n  c: 2 # d\r\n',
      set(['b', 'e'], [1]),
      'a: 1\r\nb:\r\n  c: 2 # d\r\n  e:\r\n    - 1\r\n',
    ],
    ['no line break at the end', 'a: 1\nb: 2', set(['c'], 3), 'a: 1\nb: 2\nc: 3'],
    ['the last line, where nothing ends it', 'a: 1\nb: 2', remove(['b']), 'a: 1'],
    ['an anchor', 'a: &x { p: 1 }\nb: *x\n', set(['a', 'p'], 2), 'a: &x { p: 2 }\nb: { p: 1 }\n'],
    ['an alias', 'a: &x { p: 1 }\nb: *x\nc: *x\n', set(['b', 'p'], 2), 'a: &x { p: 1 }\nb: { p: 2 }\nc: *x\n'],
    ['an anchor that goes', 'a: &x 1\nb: [*x]\n', remove(['a']), 'b: [1]\n'],
    [
      'an anchor whose name is given again',
      'a: &x 1\nb: *x\nc: &x 2\nd: *x\n',
      set(['a'], 3),
      'a: 3\nb: 1\nc: &x 2\nd: *x\n',
    ],
    ['a tag', 'a: !!str 1 # c\n', set(['a'], 2), 'a: 2 # c\n'],
    ['a map whose keys are numbers', 'a:\n  1: x\n', set(['a', 2], 'z'), 'a:\n  1: x\n  "2": z\n'],
    ['keys in quotes', '"a": 1\n', set(['b'], 'on'), '"a": 1\n"b": "on"\n'],
    ['text on lines', 'a: |\n  x\n\n  y\n\nb: 1\n', set(['a'], 'one'), 'a: one\n\nb: 1\n'],
    ['text that becomes lines', 'a: x # c\nb: 1\n', set(['a'], 'x\ny\n'), 'a: | # c\n  x\n  y\nb: 1\n'],
    ['kept line breaks', 'a: |+\n  x\n\nb: 1\n', remove(['b']), 'a: |+\n  x\n\n'],
    ['a list as far to the left as its key', 'a:\n- b: 1\n', set(['a', 1], { c: [1] }), 'a:\n- b: 1\n- c:\n  - 1\n'],
    [
      'the first of a list’s maps',
      'a:\n  - b: 1 # x\n    # y\n    c: 2\n',
      remove(['a', 0, 'b']),
      'a:\n  - # y\n    c: 2\n',
    ],
    ['the last member of a list’s map', 'a:\n  - b: 1 # x\n', remove(['a', 0, 'b']), 'a:\n  - {}\n'],
    ['a map that stays for its comments', 'a: &x # c\n  # in\n  b: 1\n', remove(['a', 'b']), 'a: {} # c\n  # in\n'],
    [
      'brackets over lines',
      '{\n  a: 1, # x\n  b: 2 # y\n}\n',
      set(['c'], 3),
      '{\n  a: 1, # x\n  b: 2, # y\n  c: 3\n}\n',
    ],
    ['a comma at the end', 'x: [\n  1,\n  2,\n]\n', set(['x', 2], 3), 'x: [\n  1,\n  2,\n  3,\n]\n'],
    ['the last within brackets', 'x: { a: 1, b: 2 }\n', remove(['x', 'b']), 'x: { a: 1 }\n'],
    ['a line within brackets', '{\n  a: 1, # x\n  b: 2 # y\n}\n', remove(['b']), '{\n  a: 1 # x\n}\n'],
    ['a key alone', 'x: { a, b }\n', set(['x', 'a'], 1), 'x: { a: 1, b }\n'],
    ['a key with a mark', '? a\n: 1\nb: 2\n', set(['b'], 3), '? a\n: 1\nb: 3\n'],
    ['JSON on one line', '{"a":{"b":1}}', set(['a', 'c'], { d: [1, 2] }), '{"a":{"b":1,"c":{"d":[1,2]}}}'],
    ['JSON with spaces', '{"a": 1}\n', set(['b'], [1, 2]), '{"a": 1, "b": [1, 2]}\n'],
    [
      'JSON with tabs',
      '{\n\t"a": {}\n}\n',
      set(['a', 'b'], { c: 1 }),
      '{\n\t"a": {\n\t\t"b": {\n\t\t\t"c": 1\n\t\t}\n\t}\n}\n',
    ],
    [
      'JSON lists on a line',
      '{\n  "a": [1, 2],\n  "b": 1\n}',
      set(['c'], [3]),
      '{\n  "a": [1, 2],\n  "b": 1,\n  "c": [3]\n}',
    ],
    ['the last of JSON', '{\n  "a": 1,\n  "b": 2\n}', remove(['b']), '{\n  "a": 1\n}'],
    ['the first of JSON', '{\n  "a": 1,\n  "b": 2\n}', remove(['a']), '{\n  "b": 2\n}'],
    ['the only one of JSON', '{ "a": 1 }\n', remove(['a']), '{}\n'],
    ['a comma in JSON’s text', '{"a,}": "x,\\"}", "b": 1}', set(['a,}'], '\\'), '{"a,}": "\\\\", "b": 1}'],
  ])('keeps %s as written', (_, text, edit, result) => {
    expect(editText(text, [edit])).toBe(result);
  });

  it.each([
    ['a: [', 'is no YAML'],
    ['a: 1\na: 2\n', 'has a key twice'],
    ['{"a": 1, "a": 2}', 'has a key twice, as JSON'],
    ['{"a": ', 'is no JSON'],
    ['a: *nobody\n', 'asks for an anchor that is not there'],
  ])('refuses %j, which %s', (text) => {
    expect(() => editText(text, [])).toThrow(DocumentError);
  });

  it.each<[Path, string]>([
    [['a', 'b'], 'a is 1, so nothing can be set within it'],
    [['list', 3], 'list is a list of 1, and 3 is no place in it or at its end'],
    [['list', 'length'], 'list is a list of 1, and "length" is no place in it or at its end'],
    [['x', 1], '[1] cannot be made: a new list begins at 0'],
  ])('refuses the path %j', (path, message) => {
    expect(() => editText('a: 1\nlist: [1]\n', [set(path, 2)])).toThrow(message);
  });

  it('prints anew, with its comments, what is written in a way that nobody writes', () => {
    const text = '# a\nx: [y: 1] # b\n? - z\n';
    expect(() => editText(text, [set(['x', 0, 'y'], 2)])).toThrow(DocumentError);
    expect(editText('# a\nx: [y: 1] # b\n', [set(['x', 0, 'y'], 2)])).toBe('# a\nx: [ { y: 2 } ] # b\n');
  });

  it('does not remove the document from its own text', () => {
    expect(() => editText('a: 1\n', [remove([])])).toThrow('a document cannot be removed');
  });

  it('takes a document of thousands of flags, and JSON however deep', () => {
    const many = `flags:\n${Array.from({ length: 3000 }, (_, index) => `  f${index}: { enabled: true } # ${index}\n`).join('')}`;
    expect(editText(many, [set(['flags', 'f2999', 'enabled'], false)])).toBe(
      many.replace('true } # 2999', 'false } # 2999'),
    );
    const deep = `{"a": ${'['.repeat(2000)}${']'.repeat(2000)}, "b": 1}`;
    expect(editText(deep, [set(['b'], 2)])).toBe(deep.replace('"b": 1', '"b": 2'));
  });
});
