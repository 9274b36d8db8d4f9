import { isScalar, Scalar, visit, Document as YamlDocument } from 'yaml';
import type { Document } from '../document/document.ts';
import type { TextFormat } from './parse-text.ts';

/** A document as a text that `parseText` reads as the same document. @default as YAML, which people read and edit */
export function printText(document: Document, format: TextFormat = 'yaml'): string {
  if (format === 'json') return `${JSON.stringify(document, null, 2)}\n`;
  const yaml = new YamlDocument(document, { version: '1.2', aliasDuplicateObjects: false });
  visit(yaml, {
    // Unquoted it is the merge key of YAML 1.1, which is refused.
    Pair(_, { key }) {
      if (isScalar(key) && key.value === '<<') key.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return yaml.toString({ lineWidth: 120 });
}
