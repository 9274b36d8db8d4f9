import type { Path } from '../../document/problem.ts';
import type { JsonValue } from '../../json.ts';
import { below, endOfEntry, insertIntoBlock, removeFromBlock, replaceInBlock } from './edit-block.ts';
import { insertIntoFlow, removeFromFlow, replaceInFlow } from './edit-flow.ts';
import type { TextEdit } from './json-edits.ts';
import type { OpenText } from './open-text.ts';
import { entryOf, lineBreakOf, type Splice, type TextEntry, type TextNode } from './text-tree.ts';

/** The replacements in the text that make one of the smallest edits; `undefined` where it is written in no way known here. */
export function splicesOf(open: OpenText, { path, value }: TextEdit): readonly Splice[] | undefined {
  const step = path.at(-1);
  if (step === undefined) return value === undefined ? undefined : replaceRoot(open, value);
  const [grandparent, holder, parent] = wayTo(open.root, path.slice(0, -1));
  if (parent === undefined) return undefined;
  const name = parent.shape === 'map' ? String(step) : step;
  const entry = entryOf(parent, name);
  if (value === undefined) {
    if (entry === undefined) return undefined;
    return parent.style === 'flow' ? removeFromFlow(open, parent, entry) : removeFromBlock(open, parent, entry, holder);
  }
  if (entry !== undefined) {
    return parent.style === 'flow'
      ? replaceInFlow(open, parent, entry, value)
      : replaceInBlock(open, parent, entry, value);
  }
  if (parent.style === 'block') return insertIntoBlock(open, parent, name, value);
  // What is empty can only be written in brackets, so among lines they say nothing of how it is to be filled.
  if (parent.entries.length === 0 && holder !== undefined && grandparent?.style === 'block') {
    return replaceInBlock(open, grandparent, holder, typeof name === 'number' ? [value] : { [name]: value });
  }
  return insertIntoFlow(open, parent, name, value);
}

type Way = readonly [outer: TextNode | undefined, holder: TextEntry | undefined];

/** A collection with the entry that holds it and the collection that it is in. */
function wayTo(root: TextNode | undefined, path: Path): readonly [...Way, parent: TextNode | undefined] {
  let [outer, holder]: Way = [undefined, undefined];
  let node = root;
  for (const step of path) {
    outer = node;
    holder = node && entryOf(node, step);
    node = holder?.node;
  }
  return [outer, holder, node?.shape === 'map' || node?.shape === 'list' ? node : undefined];
}

function replaceRoot({ text, root, print, format }: OpenText, value: JsonValue): readonly Splice[] {
  const place = { parent: undefined, old: root };
  if (root !== undefined && (format === 'json' || root.style === 'flow')) {
    return [{ start: root.start, end: root.end, text: print.flow(value, { ...place, indentation: '' }) }];
  }
  // Printed as an entry's value, and so one step too far to the right.
  const [first = '', ...rest] = print.block(value, { ...place, name: 'document' });
  const step = /^ */.exec(rest[0] ?? '')?.[0].length ?? 0;
  const lines = first === '' ? rest.map((line) => line.slice(step)) : [first, ...rest];
  const lineBreak = lineBreakOf(text);
  const written = below(text, 0, lines).slice(lineBreak.length);
  if (root !== undefined) return [{ start: root.start, end: endOfEntry(text, root.end, 0), text: written }];
  const marker = /^\.\.\.\s*$/m.exec(text)?.index ?? text.length;
  const begun = marker === 0 || text[marker - 1] === '\n' ? '' : lineBreak;
  return [{ start: marker, end: marker, text: begun + written + lineBreak }];
}
