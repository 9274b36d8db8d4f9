import { parseText, type TextOptions } from '../src/text/parse-text.ts';

/** What is told of a text, a line a problem: `line:column check path message`. */
export function told(text: string, options?: TextOptions): readonly string[] {
  return parseText(text, options).problems.map(
    ({ line, column, check, path, message }) => `${line}:${column} ${check} ${path.join('.')} ${message}`,
  );
}
