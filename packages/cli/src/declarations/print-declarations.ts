import { type Document, type Flag, type JsonValue, valueTypeOf } from '@sluice/core';
import { typeOfPayloads } from './payload-type.ts';
import { typeOfSchema } from './schema-type.ts';
import { type Member, printType, quote, sorted, type TypeText, unionOf } from './type-text.ts';

const BOOLEAN: Readonly<Record<string, JsonValue>> = { on: true, off: false };

/** The names that OpenFeature lets a program declare its flag keys by. */
const KEY_TYPES = {
  boolean: 'BooleanFlagKey',
  string: 'StringFlagKey',
  number: 'NumberFlagKey',
  object: 'ObjectFlagKey',
} as const;

/** TypeScript declarations of a document's flags and switches; the same document always gives the same text. */
export function printDeclarations(document: Document, origin: string): string {
  const { flags = {}, switches = {} } = document;
  const all = new Map<string, Flag>([
    ...Object.keys(switches).map((name): [string, Flag] => [name, {}]),
    ...Object.entries(flags),
  ]);
  const keys = sorted(all.keys());
  const members = keys.map((name) => ({ name, type: typeOfFlag(all.get(name) ?? {}), optional: false }));
  const augmentation = Object.entries(KEY_TYPES).map(([valueType, name]) => {
    const start = `  export type ${name} =`;
    const named = keys.filter((key) => valueTypeOf(Object.values(variantsOf(all.get(key) ?? {}))[0]) === valueType);
    const printed = printType(literals(named), '  ', start.length + 1);
    return `${start}${printed.startsWith('\n') ? '' : ' '}${printed};\n`;
  });
  const flagsInterface = `export interface Flags ${members.length === 0 ? '{}' : printType({ members }, '', 0)}\n`;
  const imported = flagsInterface.includes('JsonValue')
    ? "import type { JsonValue } from '@openfeature/core';"
    : "import '@openfeature/core';";
  return `// Made by \`sluice types\` from ${origin.replace(/\s/g, ' ')}. Do not edit it; run the command again when the document has changed.
// It needs "skipLibCheck": true, without which OpenFeature's own declarations refuse to be told flag keys.
${imported}

declare module '@openfeature/core' {
${augmentation.join('')}}

/** Every flag and switch: the names of its variants, and what they hold. */
${flagsInterface}`;
}

function variantsOf(flag: Flag): Readonly<Record<string, JsonValue>> {
  return flag.variants ?? BOOLEAN;
}

function typeOfFlag(flag: Flag): TypeText {
  const variants = variantsOf(flag);
  const value = typeOfSchema(flag.schema) ?? typeOfPayloads(Object.values(variants));
  const members: readonly Member[] = [
    { name: 'variant', type: literals(sorted(Object.keys(variants))), optional: false },
    { name: 'value', type: value, optional: false },
  ];
  return { members };
}

function literals(names: readonly string[]): TypeText {
  return unionOf(names.map((name) => ({ text: quote(name) })));
}
