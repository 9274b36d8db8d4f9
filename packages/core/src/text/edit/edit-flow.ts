import type { JsonValue } from '../../json.ts';
import type { OpenText } from './open-text.ts';
import {
  beginsLine,
  indentationAt,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLine,
  type Splice,
  type TextEntry,
  type TextNode,
} from './text-tree.ts';

/** Puts a new entry at the end of a collection in brackets. */
export function insertIntoFlow(open: OpenText, parent: TextNode, name: string | number, value: JsonValue): Splice[] {
  const { text, print } = open;
  const last = parent.entries.at(-1);
  if (last === undefined) return insertAsFirst(open, parent, name, value);
  const indentation = indentationAt(text, last.start);
  const entry =
    (typeof name === 'string' ? print.key(name, parent) : '') +
    print.flow(value, { parent, old: undefined, indentation });
  const comma = commaAfter(text, last.end, parent.end - 1);
  const end = comma ?? last.end;
  const written = comma === undefined ? entry : `${entry},`;
  const first: Splice = { start: last.end, end: last.end, text: comma === undefined ? ',' : '' };
  if (!beginsLine(text, last.start))
    return [first, { start: end, end, text: separator(text, parent) + written }].reverse();
  const rest = text.slice(end, lineEnd(text, end));
  const at = endsLine(rest) ? end + rest.length : end;
  return [first, { start: at, end: at, text: lineBreakOf(text) + indentation + written }].reverse();
}

function insertAsFirst(open: OpenText, parent: TextNode, name: string | number, value: JsonValue): Splice[] {
  const { text, print, root } = open;
  const [start, end] = [openingOf(text, parent) + 1, parent.end - 1];
  const around = indentationAt(text, start);
  // As JSON is laid out: an entry a line where the first of all has a line of its own.
  const [example] = open.format === 'json' ? (root?.entries ?? []) : [];
  const spread = example !== undefined && beginsLine(text, example.start);
  const indentation = spread ? around + indentationAt(text, example.start) : around;
  const entry =
    (typeof name === 'string' ? print.key(name, parent) : '') +
    print.flow(value, { parent, old: undefined, indentation });
  // A comment in the brackets stays, and ends with its line.
  if (text.slice(start, end).trim() !== '') return [{ start: end, end, text: `${entry} ` }];
  const lineBreak = lineBreakOf(text);
  if (spread) return [{ start, end, text: `${lineBreak}${indentation}${entry}${lineBreak}${around}` }];
  const space = typeof name === 'string' && open.format === 'yaml' ? ' ' : '';
  return [{ start, end, text: space + entry + space }];
}

export function replaceInFlow(
  { text, print }: OpenText,
  parent: TextNode,
  entry: TextEntry,
  value: JsonValue,
): Splice[] {
  const { node: old, indicatorEnd } = entry;
  const written = print.flow(value, { parent, old, indentation: indentationAt(text, entry.start) });
  if (old !== undefined) return [{ start: old.start, end: old.end, text: written }];
  const at = indicatorEnd ?? entry.end;
  return [{ start: at, end: at, text: `${indicatorEnd === undefined ? ': ' : ' '}${written}` }];
}

export function removeFromFlow({ text }: OpenText, parent: TextNode, entry: TextEntry): Splice[] {
  const index = parent.entries.indexOf(entry);
  const [previous, next] = [parent.entries[index - 1], parent.entries[index + 1]];
  const comma = commaAfter(text, entry.end, parent.end - 1);
  const end = comma ?? entry.end;
  if (previous === undefined && next === undefined) {
    const inside = { start: openingOf(text, parent) + 1, end: parent.end - 1 };
    const others = text.slice(inside.start, entry.start) + text.slice(end, inside.end);
    return [{ ...(others.trim() === '' ? inside : { start: entry.start, end }), text: '' }];
  }
  const before: Splice[] = [];
  if (next === undefined && comma === undefined && previous !== undefined) {
    const behind = commaAfter(text, previous.end, entry.start) ?? previous.end;
    if (text.slice(behind, entry.start).trim() === '' && !beginsLine(text, entry.start)) {
      return [{ start: previous.end, end: entry.end, text: '' }];
    }
    before.push({ start: previous.end, end: behind, text: '' });
  }
  const rest = text.slice(end, lineEnd(text, end));
  if (beginsLine(text, entry.start) && endsLine(rest)) {
    return [...before, { start: lineStart(text, entry.start), end: nextLine(text, end), text: '' }];
  }
  const gap = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const keeps = next === undefined || endsLine(rest);
  return [...before, { start: entry.start, end: keeps ? end : end + gap, text: '' }];
}

/** Behind the comma that comes next, if one does. */
function commaAfter(text: string, from: number, to: number): number | undefined {
  const between = /^(?:\s|#.*)*,/.exec(text.slice(from, to))?.[0];
  return between === undefined ? undefined : from + between.length;
}

function endsLine(rest: string): boolean {
  return /^[ \t]*(?:#.*)?$/.test(rest);
}

/** What the last two entries have between them. */
function separator(text: string, { entries, end }: TextNode): string {
  const [left, right] = entries.slice(-2);
  const between = left !== undefined && right !== undefined ? text.slice(left.end, right.start) : undefined;
  if (between !== undefined && /^,[ \t]*$/.test(between)) return between.slice(1);
  const compact = left?.indicatorEnd !== undefined && left.node?.start === left.indicatorEnd;
  return compact && text[end - 1] !== ' ' ? '' : ' ';
}

/** Of its bracket: its anchor and tag come before it. */
function openingOf(text: string, { start, properties, entries, end }: TextNode): number {
  const from = Math.max(start, ...properties.map((each) => each.end));
  const bracket = text.slice(from, entries[0]?.start ?? end).search(/[[{]/);
  return from + Math.max(bracket, 0);
}
