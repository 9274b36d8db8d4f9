import type { JsonValue } from '../../json.ts';
import type { OpenText } from './open-text.ts';
import {
  beginsLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLine,
  type Splice,
  type TextEntry,
  type TextNode,
} from './text-tree.ts';

/** Puts a new entry behind the last of a block. */
export function insertIntoBlock(
  { text, print }: OpenText,
  parent: TextNode,
  name: string | number,
  value: JsonValue,
): Splice[] {
  const last = parent.entries.at(-1) as TextEntry;
  const column = columnOf(text, last.start);
  const [first = '', ...rest] = print.block(value, { parent, old: undefined, name });
  const key = typeof name === 'string' ? print.key(name, parent) : '- ';
  const at = endOfEntry(text, last.end, column);
  return [{ start: at, end: at, text: below(text, column, [(key + first).trimEnd(), ...rest]) }];
}

/** Writes another value behind a key or a dash. Not told what to do where there is neither. */
export function replaceInBlock(
  { text, print }: OpenText,
  parent: TextNode,
  entry: TextEntry,
  value: JsonValue,
): Splice[] | undefined {
  const { node: old, indicatorEnd, name } = entry;
  if (indicatorEnd === undefined) return undefined;
  const column = columnOf(text, entry.start);
  const [first = '', ...rest] = print.block(value, { parent, old, name });
  const beside = first === '' ? '' : ` ${first}`;
  const tail = below(text, column, rest);
  if (old === undefined) return onLine(text, indicatorEnd, indicatorEnd, beside, tail);
  if (old.style === 'block' && old.shape !== 'scalar') {
    const end = endOfEntry(text, old.end, column);
    // A block that begins behind the dash.
    if (!beginsLine(text, (old.entries[0] as TextEntry).start)) return [{ start: old.start, end, text: first + tail }];
    return [...setBeside(text, indicatorEnd, old, beside), { start: lineEnd(text, indicatorEnd), end, text: tail }];
  }
  const alone = first === '' && text.slice(indicatorEnd, old.start).trim() === '';
  return onLine(text, alone ? indicatorEnd : old.start, old.end, first, tail);
}

export function removeFromBlock(
  { text }: OpenText,
  parent: TextNode,
  entry: TextEntry,
  holder: TextEntry | undefined,
): Splice[] | undefined {
  const column = columnOf(text, entry.start);
  const end = endOfEntry(text, entry.end, column);
  const index = parent.entries.indexOf(entry);
  if (parent.entries.length === 1) {
    const empty = parent.shape === 'map' ? '{}' : '[]';
    if (holder === undefined || !beginsLine(text, entry.start)) return [{ start: entry.start, end, text: empty }];
    if (holder.indicatorEnd === undefined) return undefined;
    return [
      ...setBeside(text, holder.indicatorEnd, parent, ` ${empty}`),
      wholeLines(text, lineStart(text, entry.start), end),
    ];
  }
  if (!beginsLine(text, entry.start)) {
    // What comes next moves up behind the dash.
    const next = nextLine(text, end);
    const space = /^\s*/.exec(text.slice(next))?.[0].length ?? 0;
    return [{ start: entry.start, end: next + space, text: '' }];
  }
  const previous = parent.entries[index - 1];
  const start = lineStart(text, entry.start);
  return [
    wholeLines(
      text,
      previous === undefined ? start : withComments(text, start, lineEnd(text, previous.end), column),
      end,
    ),
  ];
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Lines with their breaks before them, each as far to the right as an entry of this column. */
export function below(text: string, column: number, lines: readonly string[]): string {
  const [lineBreak, indentation] = [lineBreakOf(text), ' '.repeat(column)];
  return lines.map((line) => lineBreak + (line === '' ? '' : indentation + line)).join('');
}

/** The end of an entry's last line; comments right below it, and further to the right than the entry, are its own. */
export function endOfEntry(text: string, offset: number, column: number): number {
  let end = lineEnd(text, offset);
  for (;;) {
    const next = nextLine(text, end);
    const line = text.slice(next, lineEnd(text, next));
    const comment = /^( *)#/.exec(line);
    if (comment === null || (comment[1] ?? '').length <= column) return end;
    end = next + line.length;
  }
}

/** The start of the comments right above a line that are as far to the right as it, and behind `least`. */
function withComments(text: string, start: number, least: number, column: number): number {
  let from = start;
  for (;;) {
    const above = lineStart(text, Math.max(from - 1, 0));
    const comment = /^( *)#/.exec(text.slice(above, from));
    if (above <= least || comment === null || (comment[1] ?? '').length !== column) return from;
    from = above;
  }
}

/** A text that ends without a line break ends without one afterwards. */
function wholeLines(text: string, start: number, end: number): Splice {
  const next = nextLine(text, end);
  if (next > end || start === 0) return { start, end: next, text: '' };
  return { start: lineEnd(text, lineStart(text, start - 1)), end, text: '' };
}

/** Instead of a block: what is set behind its key, for its anchor and tag. */
function setBeside(text: string, indicatorEnd: number, block: TextNode, beside: string): Splice[] {
  const end = lineEnd(text, indicatorEnd);
  const properties = block.properties.filter(({ start }) => start < end);
  const gone = properties.map((each) => {
    const space = /[ \t]*$/.exec(text.slice(indicatorEnd, each.start))?.[0].length ?? 0;
    return { start: each.start - space, end: each.end, text: '' };
  });
  return [...gone, { start: indicatorEnd, end: indicatorEnd, text: beside }];
}

function onLine(text: string, start: number, end: number, first: string, tail: string): Splice[] {
  const at = lineEnd(text, end);
  if (at === end) return [{ start, end, text: first + tail }];
  return [
    { start, end, text: first },
    { start: at, end: at, text: tail },
  ];
}
