/** A value as it is written: where in the text it and its parts are. */
export interface TextNode {
  readonly shape: 'map' | 'list' | 'scalar' | 'alias';
  /** `block` on lines of its own, by indentation; `flow` within a line or between brackets, as all JSON is. */
  readonly style: 'block' | 'flow';
  readonly start: number;
  /** Behind its last character; of a block, before the line break. */
  readonly end: number;
  /** Its anchor and tag, which come before it. */
  readonly properties: readonly Span[];
  /** The name that an anchor gives it, or by which an alias asks. */
  readonly anchor: string | undefined;
  readonly entries: readonly TextEntry[];
}

export interface TextEntry {
  readonly name: string | number;
  /** Of its key or dash. */
  readonly start: number;
  /** Behind its colon or dash; entries of a flow list and keys without a value have neither. */
  readonly indicatorEnd: number | undefined;
  /** `undefined` where nothing is written, which is null. */
  readonly node: TextNode | undefined;
  readonly end: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One replacement of a part of the text. */
export interface Splice extends Span {
  readonly text: string;
}

/** The text with replacements made, none of which overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let rest = text;
  // From the back, and of two that begin at one place the insertion last, so that no offset moves before it is used.
  const ordered = splices.toSorted((left, right) => right.start - left.start || right.end - left.end);
  for (const { start, end, text: replacement } of ordered) {
    rest = rest.slice(0, start) + replacement + rest.slice(end);
  }
  return rest;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Before the line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Behind the line break. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Whether nothing but white space comes before it on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** What stands before the first thing on the line, to begin another line like it. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

export function entryOf(node: TextNode, name: string | number): TextEntry | undefined {
  return node.entries.find((entry) =>
    typeof entry.name === 'number' ? entry.name === name : entry.name === String(name),
  );
}
