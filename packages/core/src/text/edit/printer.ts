import type { JsonValue } from '../../json.ts';
import type { TextNode } from './text-tree.ts';

/** Writes new parts as the text around them is written. */
export interface Printer {
  /** A key and its colon, before a value on the same line; in the quotes of the keys beside it. */
  key(name: string, beside: TextNode): string;
  /** A value within brackets or on one line. */
  flow(value: JsonValue, place: FlowPlace): string;
  /**
   * A value behind the colon of a key or, with `inList`, behind a dash: lines without the indentation of that key or dash,
   * the first of them what goes on its own line.
   */
  block(value: JsonValue, place: BlockPlace): readonly string[];
}

export interface FlowPlace {
  /** What holds it. */
  readonly parent: TextNode | undefined;
  /** What was written there. */
  readonly old: TextNode | undefined;
  /** Of the line on which it begins. */
  readonly indentation: string;
}

export interface BlockPlace {
  readonly parent: TextNode | undefined;
  readonly old: TextNode | undefined;
  readonly name: string | number;
}

export function isCollection(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Whether values beside it that have members answer yes; `undefined` where there are none. */
export function besideIt(parent: TextNode | undefined, holds: (node: TextNode) => boolean): boolean | undefined {
  const beside = parent?.entries.findLast(({ node }) => node !== undefined && node.entries.length > 0)?.node;
  return beside && holds(beside);
}
