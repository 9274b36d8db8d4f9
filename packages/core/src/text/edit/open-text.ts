import { isScalar, LineCounter } from 'yaml';
import { DocumentError } from '../../document/problem.ts';
import { readText } from '../parse-text.ts';
import { readJson } from '../read-json.ts';
import { composeYaml, readComposed } from '../read-yaml.ts';
import { jsonTree } from './json-tree.ts';
import { jsonPrinter } from './print-json.ts';
import { yamlPrinter } from './print-yaml.ts';
import type { Printer } from './printer.ts';
import type { TextNode } from './text-tree.ts';
import { yamlTree } from './yaml-tree.ts';

/** A text that was read in order to be edited. */
export interface OpenText {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  /** `null` where nothing is written yet. */
  readonly value: unknown;
  readonly root: TextNode | undefined;
  readonly print: Printer;
}

/** @throws {DocumentError} for a text that is neither YAML nor JSON. */
export function openText(text: string): OpenText {
  const braced = /^\s*\{/.test(text);
  const json = braced ? readJson(text) : undefined;
  if (json !== undefined && json.problems.length === 0) {
    const root = jsonTree(text);
    return { text, format: 'json', value: json.value, root, print: jsonPrinter(text, root) };
  }
  const lines = new LineCounter();
  const yaml = composeYaml(text, lines, true);
  const root = yamlTree(yaml, text);
  const print = yamlPrinter(text, root);
  // A document that nobody has begun is none to read, but one to write.
  const empty = yaml.contents === null || (isScalar(yaml.contents) && yaml.contents.value === null);
  if (empty && yaml.errors.length === 0) return { text, format: 'yaml', value: null, root, print };
  const { value, problems } = readComposed(text, yaml, lines);
  if (problems.some(({ severity }) => severity === 'error')) {
    throw new DocumentError('the text', braced ? readText(text, 'json').problems : problems);
  }
  return { text, format: 'yaml', value, root, print };
}
