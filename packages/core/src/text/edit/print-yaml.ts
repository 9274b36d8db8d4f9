import { isCollection as isYamlCollection, Scalar, visit, Document as YamlDocument } from 'yaml';
import { isObject, type JsonValue } from '../../json.ts';
import { type BlockPlace, besideIt, isCollection, type Printer } from './printer.ts';
import { lineStart, type TextNode } from './text-tree.ts';

/** However long it is, a text in quotes stays on its line. */
const unfolded = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const;

/** Writes YAML with the indentation, quotes and brackets of this text. */
export function yamlPrinter(text: string, root: TextNode | undefined): Printer {
  const { indent, indentSeq } = indentationOf(text, root);
  const print = (value: JsonValue): string => yaml(value, false).toString({ ...unfolded, indent, indentSeq });
  return {
    key(name, beside) {
      const quoted = beside.entries.length > 0 && beside.entries.every(({ start }) => text[start] === '"');
      return `${quoted ? JSON.stringify(name) : keyText(name)}: `;
    },
    flow: (value, { old }) => inOldQuotes(value, old && text[old.end - 1]) ?? flowText(value),
    block(value, place) {
      const { old, name } = place;
      if (old?.style === 'flow' && old.shape === 'scalar') {
        const quoted = inOldQuotes(value, text[old.end - 1]);
        if (quoted !== undefined) return [quoted];
      }
      if (isCollection(value) && inBrackets(value, root, place)) return [flowText(value)];
      const inList = typeof name === 'number';
      const printed = print(inList ? [value] : { k: value }).replace(/\n$/, '');
      return printed
        .slice(inList ? 1 : 2)
        .replace(/^ /, '')
        .split('\n');
    },
  };
}

/** The first steps to the right in the text. */
function indentationOf(text: string, root: TextNode | undefined): { indent: number; indentSeq: boolean } {
  const found: { map?: number; list?: number } = {};
  const column = (offset: number): number => offset - lineStart(text, offset);
  const pending = root === undefined ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (found.map !== undefined && found.list !== undefined) break;
    for (const { start, node: inner } of node.entries.toReversed()) {
      const [first] = inner?.style === 'block' ? inner.entries : [];
      if (inner !== undefined) pending.push(inner);
      if (first === undefined || node.shape !== 'map' || inner?.shape === 'scalar') continue;
      found[inner?.shape === 'map' ? 'map' : 'list'] = column(first.start) - column(start);
    }
  }
  return { indent: Math.max(found.map ?? (found.list || 2), 1), indentSeq: found.list !== 0 };
}

/** As it was, else as the same key elsewhere, else as its neighbours where it is as flat as such are. */
function inBrackets(value: JsonValue, root: TextNode | undefined, { old, name, parent }: BlockPlace): boolean {
  if (old !== undefined && old.entries.length > 0) return old.style === 'flow';
  const pending = root === undefined ? [] : [root];
  for (let node = pending.pop(); typeof name === 'string' && node !== undefined; node = pending.pop()) {
    for (const { name: other, node: inner } of node.entries) {
      if (inner === undefined) continue;
      if (other === name && inner.entries.length > 0) return inner.style === 'flow';
      pending.push(inner);
    }
  }
  const flat = !Object.values(value as object).some(isCollection);
  return flat && (besideIt(parent, ({ style }) => style === 'flow') ?? false);
}

function inOldQuotes(value: JsonValue, quote: string | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (quote === '"') return JSON.stringify(value);
  return quote === "'" && /^[\x20-\x7e]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : undefined;
}

function flowText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isObject(value)) return scalarText(value);
  const members = Object.entries(value).map(([key, each]) => `${keyText(key)}: ${flowText(each as JsonValue)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Of a key unquoted `<<` is the merge key of YAML 1.1, which is refused. */
function keyText(name: string): string {
  return name === '<<' ? '"<<"' : scalarText(name);
}

function scalarText(value: JsonValue): string {
  return yaml([value], true)
    .toString({ ...unfolded, flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1);
}

/** Text that a block shows line by line as it is. */
const LINES = /^[^\s#][^\r\t]*(?<!\s)\n?$/;

/** Words that are no text to readers of YAML 1.1, such as `on`, are quoted. */
function yaml(value: JsonValue, flow: boolean): YamlDocument {
  const document = new YamlDocument(value, { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false });
  if (flow && isYamlCollection(document.contents)) document.contents.flow = true;
  visit(document, {
    Scalar(key, scalar) {
      if (typeof scalar.value !== 'string') return;
      const isLines = scalar.value.includes('\n') && (flow || key === 'key' || !LINES.test(scalar.value));
      // Of a key unquoted `<<` is the merge key of YAML 1.1, which is refused.
      if (isLines || (key === 'key' && scalar.value === '<<')) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document;
}
