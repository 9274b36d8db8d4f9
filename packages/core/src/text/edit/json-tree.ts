import type { TextEntry, TextNode } from './text-tree.ts';

interface Open {
  readonly start: number;
  readonly shape: 'map' | 'list';
  readonly entries: TextEntry[];
  /** The key that was read last, and whether its colon was. */
  key: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  indicatorEnd: number | undefined;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** Where everything is in a text that is JSON. It keeps its own stack: no depth overflows it. */
export function jsonTree(text: string): TextNode {
  const open: Open[] = [];
  let root: TextNode | undefined;
  const close = (node: TextNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else {
      const { key, indicatorEnd, entries } = parent;
      const [name, start] = key === undefined ? [entries.length, node.start] : [key.name, key.start];
      entries.push({ name, start, indicatorEnd, node, end: node.end });
      parent.key = undefined;
      parent.indicatorEnd = undefined;
    }
  };
  for (const { 0: token, index: start } of text.matchAll(TOKEN)) {
    const end = start + token.length;
    const parent = open.at(-1);
    if (token === '{' || token === '[') {
      const shape = token === '{' ? 'map' : 'list';
      open.push({ start, shape, entries: [], key: undefined, indicatorEnd: undefined });
    } else if (token === '}' || token === ']') {
      open.pop();
      if (parent !== undefined) close(node(parent.shape, parent.start, end, parent.entries));
    } else if (token === ':') {
      if (parent !== undefined) parent.indicatorEnd = end;
    } else if (token !== ',') {
      const isKey = parent?.shape === 'map' && parent.key === undefined;
      if (isKey) parent.key = { name: JSON.parse(token) as string, start, end };
      else close(node('scalar', start, end, []));
    }
  }
  return root as TextNode;
}

function node(shape: TextNode['shape'], start: number, end: number, entries: readonly TextEntry[]): TextNode {
  return { shape, style: 'flow', start, end, properties: [], anchor: undefined, entries };
}
