import type { Condition, Scalar, Test } from '@sluice/core';
import { anyOf, type Decision } from '../condition-algebra.ts';
import { strictVersion } from '../strict-version.ts';
import type { Literal } from './condition.ts';

/** An attribute, and whether it is a text or a number at any rate and never a boolean. */
export interface Attribute {
  readonly name: string;
  readonly text: boolean;
}

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

export function on(attribute: Attribute, test: Test): Condition {
  return { [attribute.name]: test };
}

/** The SDK casts the literal to the type of the trait, and any text but `false` and `False` is `true`. */
const asBoolean = (literal: Literal): boolean => literal !== 'false' && literal !== 'False';
const asNumber = (literal: Literal): number => Number.parseFloat(String(literal));

/** Equal to the trait after the cast to its type. */
export function equalTo(attribute: Attribute, literal: Literal): readonly Scalar[] {
  return scalars(String(literal), asNumber(literal), attribute.text ? undefined : asBoolean(literal));
}

/** Equal to the trait as `==` of JavaScript has it. */
export function looselyEqualTo(attribute: Attribute, text: string): readonly Scalar[] {
  const number = Number(text);
  const boolean = attribute.text || (number !== 0 && number !== 1) ? undefined : number === 1;
  return scalars(text, number, boolean);
}

function scalars(text: string, number: number, boolean: boolean | undefined): readonly Scalar[] {
  return [text, ...(Number.isFinite(number) ? [number] : []), ...(boolean === undefined ? [] : [boolean])];
}

export function isOneOf(attribute: Attribute, values: readonly Scalar[]): Decision {
  const [first] = values;
  if (first === undefined) return false;
  return on(attribute, values.length === 1 ? first : values);
}

/** Numbers are compared with numbers, texts in the order of their UTF-16 units, and `true` is more than `false`. */
export function compared(attribute: Attribute, operator: Comparison, literal: Literal): Decision {
  const parts: Decision[] = [numbersCompared(attribute, operator, asNumber(literal))];
  parts.push(on(attribute, { [operator]: String(literal) }));
  if (!attribute.text) {
    const passing = [true, false].filter((each) => holds(operator, Number(each), Number(asBoolean(literal))));
    if (passing.length > 0)
      parts.push(passing.length === 2 ? on(attribute, { type: 'boolean' }) : isOneOf(attribute, passing));
  }
  return anyOf(parts);
}

function numbersCompared(attribute: Attribute, operator: Comparison, limit: number): Decision {
  if (Number.isFinite(limit)) return on(attribute, { [operator]: limit });
  return holds(operator, 0, limit) ? on(attribute, { type: 'number' }) : false;
}

function holds(operator: Comparison, value: number, limit: number): boolean {
  if (operator === 'gt') return value > limit;
  if (operator === 'gte') return value >= limit;
  return operator === 'lt' ? value < limit : value <= limit;
}

const ranges: Readonly<Record<Comparison, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

export function versionCompared(attribute: Attribute, operator: Comparison | 'eq', text: string): Decision {
  const version = strictVersion(text);
  if (version === undefined) return false;
  return on(attribute, { semver: `${operator === 'eq' ? '=' : ranges[operator]}${version}` });
}

export function contains(attribute: Attribute, text: string): Decision {
  return on(attribute, text === '' ? { type: 'string', not: '' } : { contains: text });
}

/** Only of texts; a trait that is missing or something else does not pass either. */
export function containsNot(attribute: Attribute, literal: Literal): Decision {
  if (!literal) return false;
  return { ...on(attribute, { type: 'string' }), none: [on(attribute, { contains: String(literal) })] };
}

/** `10|3`: what division by 10 leaves is 3. */
export function leaves(attribute: Attribute, literal: Literal): Decision {
  const parts = literal ? String(literal).split('|').map(Number.parseFloat) : [];
  const [divisor = Number.NaN, remainder = Number.NaN] = parts;
  if (parts.length !== 2 || Number.isNaN(divisor) || divisor === 0 || !Number.isFinite(remainder)) return false;
  // A text without digits is no number to the SDK, and 0 to Sluice.
  const number = Number.isFinite(divisor) ? { modulo: [divisor, remainder] as const } : { is: remainder };
  return on(attribute, { not: '', asNumber: number });
}

/**
 * The texts of a list, as JSON or separated by commas: of `undefined`, the SDK would fail. A number in a JSON list is
 * equal to no text.
 */
export function membersOf(literal: Literal | readonly unknown[]): readonly string[] | undefined {
  if (literal === null) return [];
  if (typeof literal === 'object') return literal.filter((each) => typeof each === 'string');
  if (typeof literal !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(literal);
    if (Array.isArray(parsed)) return parsed.filter((each) => typeof each === 'string');
  } catch {
    // No JSON: separated by commas.
  }
  return literal.split(',');
}

/** A text is one of them, or a number whose print is; empty texts, 0 and booleans never are. */
export function isAmong(attribute: Attribute, members: readonly string[]): Decision {
  const texts = members.filter((each) => each !== '');
  const numbers = texts.map(Number).filter((each, index) => each !== 0 && String(each) === texts[index]);
  return isOneOf(attribute, [...new Set<Scalar>([...texts, ...numbers.filter(Number.isFinite)])]);
}

export function isNot(attribute: Attribute, values: readonly Scalar[]): Decision {
  return on(attribute, { notIn: values });
}
