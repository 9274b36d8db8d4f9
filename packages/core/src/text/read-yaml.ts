import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type YAMLMap,
  YAMLParseError,
  type Document as YamlDocument,
} from 'yaml';
import type { Path, Problem } from '../document/problem.ts';
import { isObject } from '../json.ts';
import { REPEATED_KEY, syntaxProblem, type TextReading, unreadable } from './text-reading.ts';

/** Following an alias walks every anchor before it, so many thousands of them would take minutes. */
const MAX_ALIASES = 10_000;

/** Far more than a document can use. The library recurses, and a text of a million brackets would end the process. */
const MAX_DEPTH = 256;

/** A text with more mistakes than this is no YAML at all, and finding them all would take a minute. */
const MAX_MISTAKES = 100;

/** Reads YAML 1.2 text. */
export function readYaml(text: string): TextReading {
  const lines = new LineCounter();
  return readComposed(text, composeYaml(text, lines), lines);
}

/** What was composed of a text, checked. */
export function readComposed(text: string, yaml: YamlDocument, lines: LineCounter): TextReading {
  const problems = [...parserProblems(yaml, lines), ...treeProblems(yaml, lines)];
  if (problems.some(({ severity }) => severity === 'error')) return unreadable(problems);
  const value: unknown = yaml.toJS({ maxAliasCount: -1 });
  if (value === null) return unreadable([syntaxProblem(lines, 0, 'is empty; begin with "sluice: 1"')]);
  if (countValues(value) > text.length) {
    return unreadable([
      syntaxProblem(lines, 0, 'has aliases that stand for more values than the text has characters; write them out'),
    ]);
  }
  return { value, problems, locate: (each) => locate(each, yaml, lines) };
}

/** The library's `parseDocument`, which gives up where it should. With `keepSourceTokens` its nodes know every character. */
export function composeYaml(text: string, lines: LineCounter, keepSourceTokens = false): YamlDocument {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let deep: number | undefined;
  function* tokens(): Generator<CST.Token> {
    let mistakes = 0;
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        yield token;
        if (token.type === 'error' && ++mistakes === MAX_MISTAKES) return;
      }
      if (parser.stack.length > MAX_DEPTH) {
        deep = parser.offset;
        return;
      }
    }
    yield* parser.end();
  }
  // Keys that occur twice are found below: the library's own search compares every key with every other.
  const options = {
    keepSourceTokens,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  } as const;
  const [first, second] = new Composer(options).compose(tokens(), true, text.length);
  const yaml = first as YamlDocument;
  const refuse = (offset: number, message: string): void => {
    yaml.errors.push(new YAMLParseError([offset, offset], 'UNEXPECTED_TOKEN', message));
  };
  if (deep !== undefined) refuse(deep, 'is nested too deeply; make it flatter');
  if (second !== undefined) refuse(second.range[0], 'begins a second document; a file holds one');
  return yaml;
}

function parserProblems(yaml: YamlDocument, lines: LineCounter): readonly Problem[] {
  return [
    ...yaml.errors.map(({ message, pos }) => syntaxProblem(lines, pos[0], message)),
    ...yaml.warnings.map(({ message, pos }) => syntaxProblem(lines, pos[0], message, [], 'warning')),
  ];
}

/** What the library lets through, or finds too slowly. */
function treeProblems(yaml: YamlDocument, lines: LineCounter): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (node: unknown, message: string): void => {
    const range = (node as { range?: readonly number[] | null }).range;
    problems.push(syntaxProblem(lines, range?.[0] ?? 0, message));
  };
  const anchors = new Set<string>();
  let aliases = 0;
  visit(yaml, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (!anchors.has(node.source)) refuse(node, `*${node.source} has no anchor &${node.source} before it`);
        if (++aliases === MAX_ALIASES + 1) refuse(node, `is one alias more than the ${MAX_ALIASES} that are followed`);
        return;
      }
      if (node.anchor) anchors.add(node.anchor);
      if (!isMap(node)) return;
      const keys = new Set<unknown>();
      for (const { key } of node.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) refuse(key, `${JSON.stringify(key.value)} ${REPEATED_KEY}`);
        // Without this it would become an ordinary key of a payload.
        if (key.value === '<<' && key.type === 'PLAIN') {
          refuse(key, '<< merges nothing in YAML 1.2; alias a whole value, or write its members out');
        }
        keys.add(key.value);
      }
    },
  });
  return problems;
}

/**
 * How many values there are once every alias is followed; infinite where one leads into itself or too deep. Each anchor is
 * counted once, so a page that stands for gigabytes is counted as quickly as it was read.
 */
function countValues(value: unknown, counted: Map<object, number> = new Map(), depth = 0): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (depth > MAX_DEPTH) return Number.POSITIVE_INFINITY;
  const known = counted.get(value);
  if (known !== undefined) return known;
  counted.set(value, Number.POSITIVE_INFINITY);
  let count = 1;
  for (const each of Object.values(value)) count += countValues(each, counted, depth + 1);
  counted.set(value, count);
  return count;
}

/** A problem is shown at the key where it has one: that is where an author looks. */
function locate(problems: readonly Problem[], yaml: YamlDocument, lines: LineCounter): readonly Problem[] {
  const indexes = new Map<YAMLMap, ReadonlyMap<unknown, Place>>();
  return problems.map((problem) => {
    const { line, col } = lines.linePos(offsetOf(problem.path, yaml, indexes));
    return { ...problem, line, column: col };
  });
}

interface Place {
  readonly offset: number;
  readonly value: unknown;
}

/** As far along the path as the text goes: what an alias stands for is shown at the alias. */
function offsetOf(path: Path, yaml: YamlDocument, indexes: Map<YAMLMap, ReadonlyMap<unknown, Place>>): number {
  let node: unknown = yaml.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      let index = indexes.get(node);
      if (index === undefined) {
        index = new Map(
          node.items.map(({ key, value }) => [isScalar(key) ? key.value : key, { offset: startOf(key) ?? 0, value }]),
        );
        indexes.set(node, index);
      }
      const place = index.get(step);
      if (place === undefined) return offset;
      offset = place.offset;
      node = place.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isObject(node) ? (node as { range?: readonly number[] | null }).range?.[0] : undefined;
}
