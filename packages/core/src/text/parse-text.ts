import { type ParseResult, parseDocument } from '../document/parse.ts';
import type { Problem } from '../document/problem.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import type { TextReading } from './text-reading.ts';

export type TextFormat = 'yaml' | 'json';

export interface TextOptions {
  /** @default 'json' where the text begins with a brace, else 'yaml' */
  readonly format?: TextFormat;
  /** Longer text is refused unread, since reading it would stop the process for seconds. @default 16 MiB as JSON, 2 MiB as YAML */
  readonly maxLength?: number;
}

const MAX_LENGTH = { json: 16 * 2 ** 20, yaml: 2 * 2 ** 20 } as const;

/** Reads a document from YAML or JSON text; each problem carries its line and column. */
export function parseText(text: string, options: TextOptions = {}): ParseResult {
  const format = options.format ?? (/^\s*\{/.test(text) ? 'json' : 'yaml');
  const maxLength = options.maxLength ?? MAX_LENGTH[format];
  if (text.length > maxLength) {
    const message = `is ${text.length} characters long, more than the ${maxLength} that are read as ${format}; split the document or raise maxLength`;
    return { problems: [{ severity: 'error', check: 'syntax', path: [], message }] };
  }
  const reading = readText(text.startsWith('\ufeff') ? text.slice(1) : text, format, options);
  if (reading.problems.some(({ severity }) => severity === 'error')) return { problems: reading.problems };
  const result = parseDocument(reading.value);
  return { ...result, problems: [...reading.problems, ...reading.locate(result.problems)] };
}

/** The value that a text holds, as whichever of the two makes more sense of it. */
export function readText(text: string, format: TextFormat, options: TextOptions = {}): TextReading {
  if (format === 'yaml') return readYaml(text);
  const json = readJson(text);
  const [fault] = json.problems;
  if (fault === undefined || options.format === 'json') return json;
  // YAML may begin with a brace too. Where the text is neither, the language in which more of it makes sense was meant.
  const yaml = text.length <= (options.maxLength ?? MAX_LENGTH.yaml) ? readYaml(text) : json;
  const [first] = yaml.problems;
  return first?.severity === 'error' && !isBefore(fault, first) ? json : yaml;
}

function isBefore(left: Problem, right: Problem): boolean {
  const lines = (left.line ?? 0) - (right.line ?? 0);
  return lines < 0 || (lines === 0 && (left.column ?? 0) < (right.column ?? 0));
}
