import { LineCounter } from 'yaml';
import type { Path, Problem } from '../document/problem.ts';
import { REPEATED_KEY, syntaxProblem, type TextReading, unreadable } from './text-reading.ts';
import { jsonPath, walkJson } from './walk-json.ts';

/** Reads JSON text: `JSON.parse` for the value, and a slower walk only where something is wrong. */
export function readJson(text: string): TextReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = walkJson(text, () => {}) ?? { offset: text.length, expected: 'more' };
    return unreadable([syntaxProblem(linesOf(text), fault.offset, `is not JSON: expected ${fault.expected} here`)]);
  }
  if (countMembers(value) !== countColons(text)) return unreadable(repeatedKeys(text));
  return { value, problems: [], locate: (problems) => locate(problems, text) };
}

function repeatedKeys(text: string): readonly Problem[] {
  const lines = linesOf(text);
  const problems: Problem[] = [];
  walkJson(text, (path, offset, repeated) => {
    if (repeated) problems.push(syntaxProblem(lines, offset, REPEATED_KEY, path.split('\u0000').slice(1)));
  });
  return problems;
}

/** A problem is shown at the key where it has one: that is where an author looks. */
function locate(problems: readonly Problem[], text: string): readonly Problem[] {
  if (problems.length === 0) return problems;
  const offsets = new Map<string, number | undefined>(
    problems.flatMap(({ path }) => ways(path)).map((way) => [way, undefined]),
  );
  offsets.set('', text.length - text.trimStart().length);
  walkJson(text, (path, offset) => {
    if (offsets.has(path)) offsets.set(path, offset);
  });
  const lines = linesOf(text);
  return problems.map((problem) => {
    const nearest = ways(problem.path).findLast((way) => offsets.get(way) !== undefined) ?? '';
    const { line, col } = lines.linePos(offsets.get(nearest) ?? 0);
    return { ...problem, line, column: col };
  });
}

/** Every step on the way from the root to a path, the root first. */
function ways(path: Path): readonly string[] {
  const steps = [''];
  for (const step of path) steps.push(jsonPath(steps.at(-1) ?? '', step));
  return steps;
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) lines.addNewLine(index + 1);
  return lines;
}

/** Colons outside strings: in valid JSON, as many as there are members, so that a key that occurs twice leaves one over. */
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
