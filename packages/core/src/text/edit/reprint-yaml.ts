import { isScalar, parseDocument, Scalar, visit, type Document as YamlDocument } from 'yaml';
import type { TextEdit } from './json-edits.ts';
import { lineBreakOf } from './text-tree.ts';

/** The text with an edit made by the library, which keeps comments and order but has a layout of its own. */
export function reprintYaml(text: string, { path, value }: TextEdit): string {
  const yaml: YamlDocument = parseDocument(text.replaceAll('\r\n', '\n'), { stringKeys: true, logLevel: 'error' });
  visit(yaml, {
    Alias: (_, alias) => yaml.createNode(alias.resolve(yaml)?.toJS(yaml), { aliasDuplicateObjects: false }),
  });
  if (value === undefined) yaml.deleteIn(path);
  else yaml.setIn(path, yaml.createNode(value, { aliasDuplicateObjects: false }));
  visit(yaml, {
    Pair(_, { key }) {
      if (isScalar(key) && key.value === '<<') key.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return yaml.toString({ lineWidth: 0 }).replaceAll('\n', lineBreakOf(text));
}
