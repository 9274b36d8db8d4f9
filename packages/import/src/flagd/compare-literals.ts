import type { JsonValue } from '@sluice/core';
import type { Generation } from './flagd-report.ts';
import { printed } from './json-logic.ts';

export type Comparison = '==' | '===' | '!=' | '!==' | '<' | '<=' | '>' | '>=';

/** Who compares. The engine interprets what it works out beforehand and some branches; the rest it compiles, with other checks. */
export type Mode = 'interpreted' | 'compiled';

export interface Comparing {
  readonly generation: Generation;
  readonly mode: Mode;
  /** Whether the right side is read from the context: the compiled check then looks at it twice, and not at the left. */
  readonly rightIsRead: boolean;
}

/**
 * Two values compared as json-logic-engine does it. Generation 1 brings version 4, which does what JavaScript does. Since
 * then a text that is no number cannot be compared with a number, nor a list or an object with anything: it fails.
 */
export function compareLiterals(
  comparison: Comparison,
  left: JsonValue,
  right: JsonValue,
  { generation, mode, rightIsRead }: Comparing,
): boolean | 'failure' {
  if (comparison.length === 3 && comparison.endsWith('==')) return compare(comparison, left, right);
  if (generation === 1) return compare(comparison, left, right);
  if (mode === 'interpreted') {
    if (isTextOrNull(left) && isTextOrNull(right)) return compare(comparison, left, right);
    if (isNoNumber(left) || isObject(right) || (isNoNumber(right) && left !== null)) return 'failure';
    return compare(comparison, Number(left), Number(right));
  }
  const item = checked(right, rightIsRead ? right : left);
  return item === undefined ? 'failure' : compare(comparison, left, item);
}

/** The right side as the compiled code hands it on, having looked at what it takes for the left; `undefined`: it fails. */
function checked(item: JsonValue, other: JsonValue): JsonValue | undefined {
  if (isTextOrNull(item) && isTextOrNull(other)) return item;
  if (isObject(item) || (isNoNumber(item) && other !== null) || isNoNumber(other)) return undefined;
  if (other === null && !item) return null;
  return item === null && !other ? 0 : item;
}

/** What JavaScript's operator of that name gives. */
function compare(comparison: Comparison, left: JsonValue, right: JsonValue): boolean {
  switch (comparison) {
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    default:
      return inOrder(comparison, primitive(left), primitive(right));
  }
}

function equals(left: JsonValue, right: JsonValue): boolean {
  if (left === null || right === null) return left === right;
  if (isObject(left) && isObject(right)) return left === right;
  const [first, second] = [primitive(left), primitive(right)];
  return typeof first === typeof second ? first === second : Number(first) === Number(second);
}

function inOrder(comparison: '<' | '<=' | '>' | '>=', left: Primitive, right: Primitive): boolean {
  const [first, second] =
    typeof left === 'string' && typeof right === 'string' ? [left, right] : [Number(left), Number(right)];
  switch (comparison) {
    case '<':
      return first < second;
    case '<=':
      return first <= second;
    case '>':
      return first > second;
    case '>=':
      return first >= second;
  }
}

export type Primitive = null | boolean | number | string;

/** What JavaScript's operators compare in its place. */
export function primitive(value: JsonValue): Primitive {
  return isObject(value) ? printed(value) : (value as Primitive);
}

function isTextOrNull(value: JsonValue): boolean {
  return value === null || typeof value === 'string';
}

function isObject(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

function isNoNumber(value: JsonValue): boolean {
  return isObject(value) || Number.isNaN(Number(value));
}
