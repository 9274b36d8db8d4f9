import type { JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';
import type { Generation } from './flagd-report.ts';

/** What only the context, the clock or a hash can tell; flagd works out everything else once, when it reads a flag. */
const dependent: ReadonlySet<string> = new Set([
  'var',
  'val',
  'exists',
  'missing',
  'missing_some',
  'throw',
  'starts_with',
  'ends_with',
  'sem_ver',
  'fractional',
]);

/** What json-logic-engine has beside what is carried. */
const others =
  '+ * / - % max min preserve ?: ?? try substr length map all merge filter reduce keys pipe eachKey every not get';
const carried = 'if < <= > >= == === != !== or and in some none ! !! cat';

const operators: ReadonlySet<string> = new Set([...dependent, ...others.split(' '), ...carried.split(' ')]);
/** Not in the engine that generation 1 brings. */
const since2: ReadonlySet<string> = new Set(['throw', 'try']);
/** Only there. */
const before2: ReadonlySet<string> = new Set(['xor']);

export function isOperator(name: string, generation: Generation): boolean {
  if (generation === 1) return before2.has(name) || (operators.has(name) && !since2.has(name));
  return operators.has(name);
}

/** What stands under a name in `$evaluators`. */
export interface Evaluator {
  readonly expression: JsonValue;
  readonly isConstant: boolean;
}

export type Evaluators = ReadonlyMap<string, Evaluator>;

/** Whether flagd knows what this comes to when it reads the flag. */
export function isConstant(node: JsonValue, evaluators: Evaluators): boolean {
  if (isList(node)) return node.every((each) => isConstant(each, evaluators));
  if (typeof node !== 'object' || node === null) return true;
  const [operator] = Object.keys(node);
  if (operator === undefined) return true;
  const operand = node[operator] ?? null;
  if (operator === '$ref') return evaluators.get(printed(operand))?.isConstant === true;
  return !dependent.has(operator) && isConstant(operand, evaluators);
}

/** As JavaScript prints it, which it cannot where an object has its own `toString`; no variant is called as that is then. */
export function printed(value: JsonValue): string {
  try {
    return String(value);
  } catch {
    return '[object Object]';
  }
}

/** What counts as true: to generation 1, whatever does to JavaScript. */
export function isTruthy(value: JsonValue, generation: Generation): boolean {
  if (generation === 1 || typeof value !== 'object' || value === null) return Boolean(value);
  return isList(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** The parts of a name, as json-logic-engine takes them apart: a backslash makes a full stop part of a name. */
export function splitPath(text: string): readonly string[] {
  const parts: string[] = [];
  let current = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    const next = text[index + 1];
    if (character === '\\' && (next === '.' || next === '/' || next === '\\')) {
      current += next;
      index++;
    } else if (character === '.') {
      parts.push(current);
      current = '';
    } else current += character;
  }
  if (parts.length !== text.length) parts.push(current);
  return parts;
}
