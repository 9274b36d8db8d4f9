/** A TypeScript type on its way to being printed. */
export type TypeText =
  | { readonly text: string }
  | { readonly item: TypeText }
  | { readonly members: readonly Member[] }
  | { readonly union: readonly TypeText[] };

export interface Member {
  readonly name: string;
  readonly type: TypeText;
  readonly optional: boolean;
}

const LINE_WIDTH = 120;

/** One type of several, in an order of its own; what is said twice is said once. */
export function unionOf(types: readonly TypeText[]): TypeText {
  const distinct = new Map(types.flatMap(alternatives).map((each) => [JSON.stringify(each), each]));
  const union = sorted(distinct.keys()).flatMap((key) => distinct.get(key) ?? []);
  const [first = { text: 'never' }, ...more] = union;
  return more.length > 0 ? { union } : first;
}

function alternatives(type: TypeText): readonly TypeText[] {
  return 'union' in type ? type.union : [type];
}

/** @param column where on its first line the type begins */
export function printType(type: TypeText, indent: string, column: number): string {
  if ('text' in type) return type.text;
  if ('item' in type) {
    const item = printType(type.item, indent, column);
    if (item.startsWith('\n')) return `Array<${item}\n${indent}>`;
    return 'union' in type.item ? `(${item})[]` : `${item}[]`;
  }
  if ('members' in type) return printMembers(type.members, indent);
  const printed = type.union.map((each) => printType(each, `${indent}    `, 0));
  const line = printed.join(' | ');
  if (!line.includes('\n') && column + line.length < LINE_WIDTH) return line;
  return printed.map((each) => `\n${indent}  | ${each}`).join('');
}

function printMembers(members: readonly Member[], indent: string): string {
  if (members.length === 0) return 'Record<string, JsonValue>';
  const within = `${indent}  `;
  const lines = members.map(({ name, type, optional }) => {
    const start = `${within}${memberName(name)}${optional ? '?' : ''}:`;
    const printed = printType(type, within, start.length + 1);
    return `${start}${printed.startsWith('\n') ? '' : ' '}${printed};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

/** A string literal, whatever it holds: also lone surrogates and what ends a line only in JavaScript. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/[\u007f-\uffff]/g, (unit) =>
      /[\p{L}\p{N}\p{P}\p{S}]/u.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return `'${escaped}'`;
}

/** By UTF-16 units, so that the order is the same on every machine. */
export function sorted(names: Iterable<string>): readonly string[] {
  return [...names].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}
