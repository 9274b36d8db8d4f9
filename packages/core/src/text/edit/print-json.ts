import { isObject, type JsonValue } from '../../json.ts';
import { besideIt, type FlowPlace, isCollection, type Printer } from './printer.ts';
import { beginsLine, indentationAt, lineBreakOf, type TextNode } from './text-tree.ts';

/** Writes JSON with the indentation and spaces of this text. */
export function jsonPrinter(text: string, root: TextNode): Printer {
  const [first] = root.entries;
  const unit = first !== undefined && beginsLine(text, first.start) ? indentationAt(text, first.start) : '  ';
  const space = first?.indicatorEnd !== undefined && /\S/.test(text[first.indicatorEnd] ?? '') ? '' : ' ';
  const lineBreak = lineBreakOf(text);
  const inLines = ({ start, end }: TextNode): boolean => text.slice(start, end).includes('\n');
  const spreads = ({ parent, old }: FlowPlace): boolean => {
    if (old !== undefined && old.entries.length > 0) return inLines(old);
    return besideIt(parent, inLines) ?? (parent === undefined || inLines(root));
  };
  return {
    key: (name) => `${JSON.stringify(name)}:${space}`,
    flow: (value, place) =>
      isCollection(value) && spreads(place)
        ? JSON.stringify(value, null, unit).replaceAll('\n', lineBreak + place.indentation)
        : oneLine(value, space),
    block: (value) => [oneLine(value, space)],
  };
}

function oneLine(value: JsonValue, space: string): string {
  if (Array.isArray(value)) return `[${value.map((each) => oneLine(each, space)).join(`,${space}`)}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}:${space}${oneLine(each as JsonValue, space)}`,
  );
  return `{${members.join(`,${space}`)}}`;
}
