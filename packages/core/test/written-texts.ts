import fc from 'fast-check';
import type { Path } from '../src/document/problem.ts';
import { isObject, type JsonValue } from '../src/json.ts';
import type { TextEdit } from '../src/text/edit/json-edits.ts';

/** A text as somebody might have written it, with what it says and whose each comment is. */
export interface WrittenText {
  readonly text: string;
  readonly value: JsonValue;
  readonly comments: readonly { readonly text: string; readonly path: Path }[];
}

const key = fc.constantFrom(
  'a',
  'b',
  'c',
  'on',
  'x y',
  'k-1',
  '1',
  'é',
  'a: b',
  '<',
  '#h',
  'toString',
  '__proto__',
  '',
);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e21,
    '',
    'on',
    'plain',
    "it's",
    'a, b',
    'a: b',
    '# no',
    '- x',
  ),
  fc.constantFrom<JsonValue>(
    'two\nlines',
    'ends\n',
    '\n',
    ' led\n  by space',
    'trailing \n\n',
    '{',
    '*x',
    '&x',
    '!t',
    '😀',
    '\t',
    '\r\n',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.integer(),
);

const anyValue = fc.letrec<{ value: JsonValue; map: JsonValue }>((tie) => ({
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('map'), fc.array(tie('value'), { maxLength: 3 })),
}));

export const jsonValue: fc.Arbitrary<JsonValue> = anyValue.value;
const jsonMap: fc.Arbitrary<JsonValue> = anyValue.map;

/** Draws one of so many. */
type Draw = (choices: number) => number;

const draws: fc.Arbitrary<Draw> = fc.infiniteStream(fc.nat({ max: 0xffff })).map((stream) => {
  return (choices) => (stream.next().value as number) % choices;
});

export const writtenYaml: fc.Arbitrary<WrittenText> = fc
  .tuple(jsonMap, draws)
  .map(([value, draw]) => writeYaml(value, draw));

function writeYaml(value: JsonValue, draw: Draw): WrittenText {
  const comments: { text: string; path: Path }[] = [];
  const lineBreak = draw(4) === 0 ? '\r\n' : '\n';
  const step = 1 + draw(3);
  const listStep = draw(2) * step;
  const comment = (path: Path): string => {
    const text = `#c${comments.length};`;
    comments.push({ text, path });
    return text;
  };
  const maybe = (path: Path, before: string): string => (draw(4) === 0 ? before + comment(path) : '');

  const text = (each: string): string => {
    const plain = /^[a-z][a-z0-9]*$/.test(each) && !/^(on|off|y|n|yes|no|true|false|null)$/.test(each);
    const choice = draw(3);
    if (plain && choice === 0) return each;
    return choice === 1 && /^[ -~]*$/.test(each) ? `'${each.replaceAll("'", "''")}'` : JSON.stringify(each);
  };
  const leaf = (each: JsonValue): string => {
    if (typeof each === 'string') return text(each);
    return Array.isArray(each) ? '[]' : isObject(each) ? '{}' : JSON.stringify(each);
  };
  const hasMembers = (each: JsonValue): boolean =>
    typeof each === 'object' && each !== null && Object.keys(each).length > 0;

  const flow = (each: JsonValue, path: Path, spread: boolean): string => {
    if (!hasMembers(each)) return leaf(each);
    const list = Array.isArray(each);
    const entries = Object.entries(each as object).map(([name, member], index) => {
      const inner = [...path, list ? index : name];
      return { inner, written: (list ? '' : `${text(name)}: `) + flow(member as JsonValue, inner, false) };
    });
    const [open, close] = list ? '[]' : '{}';
    if (!spread) return `${open}${draw(2) === 0 ? ' ' : ''}${entries.map(({ written }) => written).join(', ')}${close}`;
    // Deeper than any block around it could be.
    const pad = ' '.repeat(30);
    const lines = entries.map(({ inner, written }, index) => {
      const above = draw(5) === 0 ? `${pad}${comment(inner)}${lineBreak}` : '';
      const comma = index < entries.length - 1 || draw(3) === 0 ? ',' : '';
      return `${above}${pad}${written}${comma}${maybe(inner, ' ')}`;
    });
    return `${open}${lineBreak}${lines.join(lineBreak)}${lineBreak}${pad}${close}`;
  };

  /** Lines for a value behind a colon or dash at this column: the first goes on its line. */
  const behind = (each: JsonValue, path: Path, column: number, inList: boolean): string[] => {
    if (each === null && draw(3) === 0) return [maybe(path, ' ')];
    if (typeof each === 'string' && /^[a-z ]+\n[a-z ]*\n?$/i.test(each) && !/^ | $|\n$/m.test(each) && draw(2) === 0) {
      return [` |-`, ...each.split('\n').map((line) => ' '.repeat(column + step) + line)];
    }
    if (!hasMembers(each) || draw(3) === 0) return [` ${flow(each, path, draw(3) === 0)}${maybe(path, ' ')}`];
    const list = Array.isArray(each);
    if (inList && draw(2) === 0) {
      const [first = '', ...rest] = block(each, path, column + 2, true);
      return [` ${first.trimStart()}`, ...rest];
    }
    const inner = list && !inList ? column + listStep : column + step;
    return [maybe(path, ' '), ...block(each, path, inner, false)];
  };

  const block = (each: JsonValue, path: Path, column: number, compact: boolean): string[] => {
    const list = Array.isArray(each);
    const pad = ' '.repeat(column);
    return Object.entries(each as object).flatMap(([name, member], index) => {
      const inner = [...path, list ? index : name];
      const above = (compact && index === 0) || draw(4) !== 0 ? [] : [`${pad}${comment(inner)}`];
      const blank = index > 0 && draw(6) === 0 ? [''] : [];
      const [first = '', ...rest] = behind(member as JsonValue, inner, column, list);
      return [...blank, ...above, `${pad}${list ? '-' : `${text(name)}:`}${first}`, ...rest];
    });
  };

  const lines = hasMembers(value) && draw(8) !== 0 ? block(value, [], 0, false) : [flow(value, [], draw(2) === 0)];
  const head = draw(3) === 0 ? [comment(['…']), ''] : [];
  const marker = draw(5) === 0 ? ['---'] : [];
  const tail = draw(3) === 0 ? ['', comment(['…'])] : [];
  const written = [...marker, ...head, ...lines, ...tail].join(lineBreak) + (draw(4) === 0 ? '' : lineBreak);
  return { text: written, value, comments };
}

const indentation = fc.constantFrom<(string | number | undefined)[]>(undefined, 2, 4, '\t');

export const writtenJson: fc.Arbitrary<WrittenText> = fc
  .tuple(jsonMap, indentation, fc.constantFrom('', '\n'), fc.constantFrom('\n', '\r\n'))
  .map(([value, space, end, lineBreak]) => ({
    text: (JSON.stringify(value, null, space as number) + end).replaceAll('\n', lineBreak),
    value,
    comments: [],
  }));

/** An edit at a place that the value has, or beside or below one. */
export function editOf(value: JsonValue): fc.Arbitrary<TextEdit> {
  const places = pathsOf(value);
  return fc
    .tuple(fc.constantFrom(...places), fc.nat({ max: 3 }), key, fc.option(jsonValue, { nil: undefined }))
    .map(([path, kind, name, given]) => {
      const at = memberAt(value, path);
      const value_ = given === undefined && path.length === 0 ? {} : given;
      if (kind > 1 || (!isObject(at) && !Array.isArray(at)))
        return { path, value: path.length === 0 && !isObject(value_) ? {} : value_ };
      if (Array.isArray(at)) return { path: [...path, at.length], value: given };
      return { path: kind === 0 ? [...path, name] : [...path, `new ${name}`, 'deep', 0], value: given };
    });
}

function pathsOf(value: JsonValue, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const list = Array.isArray(value);
  return [
    path,
    ...Object.entries(value).flatMap(([name, each]) =>
      pathsOf(each as JsonValue, [...path, list ? Number(name) : name]),
    ),
  ];
}

export function memberAt(value: JsonValue, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((each, step) => {
    if (typeof each !== 'object' || each === null || !Object.hasOwn(each, step)) return undefined;
    return (each as Record<string | number, JsonValue>)[step];
  }, value);
}
