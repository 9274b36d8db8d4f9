import type { LineCounter } from 'yaml';
import type { Path, Problem } from '../document/problem.ts';

/** What a text holds, and where in the text each part of it is. */
export interface TextReading {
  /** Meaningless where `problems` holds an error. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The problems with their lines and columns. */
  locate(problems: readonly Problem[]): readonly Problem[];
}

/** A text that is not YAML or JSON at `offset`. */
export function syntaxProblem(
  lines: LineCounter,
  offset: number,
  message: string,
  path: Path = [],
  severity: Problem['severity'] = 'error',
): Problem {
  const { line, col } = lines.linePos(offset);
  return { severity, check: 'syntax', path, message, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** A text that cannot be used, whatever else it holds. */
export function unreadable(problems: readonly Problem[]): TextReading {
  return { value: undefined, problems, locate: (each) => each };
}

export const REPEATED_KEY = 'occurs twice here, and only one of the two could count; remove or rename one';
