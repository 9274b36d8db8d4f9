import { isMap, isNode, isScalar, LineCounter, parseDocument as parseYaml, type Document as YamlDocument } from 'yaml';
import { isObject } from './json.ts';
import { type ParseResult, parseDocument } from './parse.ts';
import type { Path, Problem } from './problem.ts';

export type TextFormat = 'yaml' | 'json';

export interface TextOptions {
  /** @default 'json' where the text begins with a brace, else 'yaml' */
  readonly format?: TextFormat;
  /** Longer text is refused unread, since reading it would stop the process for seconds. @default 16 MiB as JSON, 2 MiB as YAML */
  readonly maxLength?: number;
}

const MAX_LENGTH = { json: 16 * 2 ** 20, yaml: 2 * 2 ** 20 } as const;

/** Aliases let a page of YAML stand for gigabytes; no honest document comes near this many. */
const MAX_ALIASES = 1000;

/** Reads a document from YAML or JSON text; each problem carries its line and column. */
export function parseText(text: string, options: TextOptions = {}): ParseResult {
  const format = options.format ?? (/^\s*\{/.test(text) ? 'json' : 'yaml');
  const maxLength = options.maxLength ?? MAX_LENGTH[format];
  if (text.length > maxLength) {
    return refused(
      `is ${text.length} characters long, more than the ${maxLength} that are read as ${format}; split the document or raise maxLength`,
    );
  }
  return format === 'yaml' ? parseWithPositions(text) : parseJson(text, options.format === 'json');
}

/**
 * `JSON.parse` is a hundred times as fast as a reader that knows positions, so that one is asked only where something has
 * to be pointed at, and only in a text that it reads in a moment.
 */
function parseJson(text: string, strictly: boolean): ParseResult {
  const short = text.length <= MAX_LENGTH.yaml;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const slow = short ? parseWithPositions(text) : undefined;
    const isYaml = slow !== undefined && !slow.problems.some((problem) => problem.check === 'syntax');
    return slow === undefined || (isYaml && strictly) ? refused(`is not JSON: ${(error as Error).message}`) : slow;
  }
  if (countMembers(value) !== countColons(text)) {
    return short ? parseWithPositions(text) : refused('has a key that occurs twice in one object');
  }
  const result = parseDocument(value);
  return result.problems.length === 0 || !short ? result : parseWithPositions(text);
}

function refused(message: string): ParseResult {
  return { problems: [{ severity: 'error', check: 'syntax', path: [], message }] };
}

/** Colons outside strings: in valid JSON, as many as there are members. */
function countColons(text: string): number {
  let colons = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x3a) colons++;
  }
  return colons;
}

function countMembers(value: unknown): number {
  let members = 0;
  const pending: unknown[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const values = Object.values(next);
    if (!Array.isArray(next)) members += values.length;
    for (const each of values) if (typeof each === 'object' && each !== null) pending.push(each);
  }
  return members;
}

function parseWithPositions(text: string): ParseResult {
  const lines = new LineCounter();
  let yaml: YamlDocument;
  let value: unknown;
  try {
    yaml = parseYaml(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
    if (yaml.errors.length > 0) {
      return { problems: yaml.errors.map((error) => syntaxProblem(error.message, error.pos[0], lines)) };
    }
    value = yaml.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // Too many aliases, or nesting that overflows the stack.
    return { problems: [syntaxProblem(error instanceof Error ? error.message : String(error), 0, lines)] };
  }
  if (!isObject(value)) {
    return { problems: [syntaxProblem('has to be a mapping that begins with "sluice: 1"', 0, lines)] };
  }
  const result = parseDocument(value);
  return { ...result, problems: result.problems.map((problem) => locate(problem, yaml, lines)) };
}

function syntaxProblem(message: string, offset: number, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(offset);
  return { severity: 'error', check: 'syntax', path: [], message, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A problem is shown at the key where it has one: that is where an author looks. */
function locate(problem: Problem, yaml: YamlDocument, lines: LineCounter): Problem {
  const offset = offsetOf(problem.path, yaml);
  if (offset === undefined) return problem;
  const { line, col } = lines.linePos(offset);
  return { ...problem, line, column: col };
}

function offsetOf(path: Path, yaml: YamlDocument): number | undefined {
  const last = path.at(-1);
  const parent =
    path.length === 0 ? undefined : path.length === 1 ? yaml.contents : yaml.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(last));
    if (isNode(pair?.key)) return pair.key.range?.[0];
  }
  const node = path.length === 0 ? yaml.contents : yaml.getIn(path, true);
  return isNode(node) ? node.range?.[0] : offsetOf(path.slice(0, -1), yaml);
}
