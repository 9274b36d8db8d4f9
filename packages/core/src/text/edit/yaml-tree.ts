import {
  type CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Document as YamlDocument,
} from 'yaml';
import type { Span, TextEntry, TextNode } from './text-tree.ts';

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

/** Where everything is in a text of YAML that was composed with its source tokens; `undefined` where it holds nothing. */
export function yamlTree(yaml: YamlDocument, text: string): TextNode | undefined {
  return build(yaml.contents, [], text);
}

function build(node: unknown, properties: readonly Span[], text: string): TextNode | undefined {
  if (!isAlias(node) && !isScalar(node) && !isCollection(node)) return undefined;
  const [start = 0, valueEnd = 0] = node.range ?? [];
  const anchor = isAlias(node) ? node.source : node.anchor;
  const first = Math.min(start, ...properties.map((each) => each.start));
  const leaf = { start: first, properties, anchor, entries: [] };
  if (isAlias(node)) return { ...leaf, shape: 'alias', style: 'flow', end: valueEnd };
  if (isScalar(node)) {
    if (start === valueEnd && properties.length === 0) return undefined;
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return { ...leaf, shape: 'scalar', style: block ? 'block' : 'flow', end: scalarEnd(node, text, properties) };
  }
  const style = node.flow ? 'flow' : 'block';
  // `[a: 1]` holds a map without brackets: nothing can be put into it.
  if (style === 'flow' && !'{['.includes(text[start] ?? '.')) {
    return { ...leaf, shape: 'scalar', style, end: valueEnd };
  }
  const entries = isMap(node) ? mapEntries(node, text) : listEntries(node as YAMLSeq, text);
  const end = style === 'flow' ? valueEnd : (entries.at(-1)?.end ?? valueEnd);
  return { ...leaf, shape: isMap(node) ? 'map' : 'list', style, end, entries };
}

function scalarEnd({ range, type }: Scalar, text: string, properties: readonly Span[]): number {
  const [start = 0, end = 0] = range ?? [];
  if (start === end) return Math.max(end, ...properties.map((each) => each.end));
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return end;
  const source = text.slice(start, end);
  // Kept line breaks are part of the value; of others none is.
  const kept = /^[|>]\d*\+/.test(source);
  return start + source.replace(kept ? /\r?\n$/ : /\s+$/, '').length;
}

function mapEntries(map: YAMLMap, text: string): TextEntry[] {
  return (map.items as Pair<Node, Node | null>[]).map(({ key, value, srcToken }) => {
    const { start = [], sep = [] } = srcToken ?? {};
    const colon = sep.find(({ type }) => type === 'map-value-ind');
    const indicatorEnd = colon && colon.offset + 1;
    const node = build(value, propertiesOf(sep), text);
    const name = isScalar(key) ? String(key.value) : '';
    const keyStart = start.find(({ type }) => !TRIVIA.has(type))?.offset ?? key.range?.[0] ?? 0;
    return { name, start: keyStart, indicatorEnd, node, end: node?.end ?? indicatorEnd ?? key.range?.[1] ?? keyStart };
  });
}

function listEntries(list: YAMLSeq, text: string): TextEntry[] {
  const tokens = (list.srcToken as Collection | undefined)?.items ?? [];
  return list.items.map((item, index) => {
    const { start = [] } = tokens[index] ?? {};
    const dash = start.find(({ type }) => type === 'seq-item-ind');
    const indicatorEnd = dash && dash.offset + 1;
    const node = build(item, propertiesOf(start), text);
    const entryStart = dash?.offset ?? node?.start ?? 0;
    return { name: index, start: entryStart, indicatorEnd, node, end: node?.end ?? indicatorEnd ?? entryStart };
  });
}

const TRIVIA: ReadonlySet<string> = new Set(['space', 'newline', 'comment', 'comma']);

function propertiesOf(tokens: readonly CST.SourceToken[]): Span[] {
  return tokens
    .filter(({ type }) => type === 'anchor' || type === 'tag')
    .map(({ offset, source }) => ({ start: offset, end: offset + source.length }));
}
