import { RE2JS } from 're2js';
import Range from 'semver/classes/range.js';
import type { Operators, Scalar } from '../document/condition.ts';
import { inBlock, parseAddress, parseBlock } from './address.ts';
import { parseTimestamp } from './timestamp.ts';
import { parseVersion } from './version.ts';

export type OperatorName = Exclude<keyof Operators, 'exists'>;

/** Whether an attribute that is there passes. Wrong types fail: nothing is coerced. */
export type ValueTest = (value: unknown) => boolean;

interface Operator<Operand> {
  /** What an operand has to be, for messages: `gt takes …`. */
  readonly takes: string;
  /** Of the right JSON type, as far as a JSON Schema can tell. */
  accepts(operand: unknown): operand is Operand;
  /** @throws where the operand has the right type and still means nothing, such as a broken pattern. */
  compile(operand: Operand): ValueTest;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isScalar = (value: unknown): value is Scalar =>
  isString(value) || isNumber(value) || typeof value === 'boolean';
const isScalars = (value: unknown): value is readonly Scalar[] =>
  Array.isArray(value) && value.length > 0 && value.every(isScalar);
const isStrings = (value: unknown): value is string | readonly string[] =>
  isString(value) || (Array.isArray(value) && value.length > 0 && value.every(isString));
const list = (value: string | readonly string[]): readonly string[] => (isString(value) ? [value] : [...value]);

interface Order {
  (value: number, operand: number): boolean;
  (value: string, operand: string): boolean;
}

const comparison = (holds: Order): Operator<number | string> => ({
  takes: 'a number or a string',
  accepts: (operand): operand is number | string => isNumber(operand) || isString(operand),
  compile: (operand) =>
    typeof operand === 'number'
      ? (value) => typeof value === 'number' && holds(value, operand)
      : (value) => typeof value === 'string' && holds(value, operand),
});

const text = (holds: (value: string, operand: string) => boolean): Operator<string | readonly string[]> => ({
  takes: 'a string or a list of strings',
  accepts: isStrings,
  compile: (operand) => {
    const operands = list(operand);
    return (value) => typeof value === 'string' && operands.some((each) => holds(value, each));
  },
});

const time = (holds: (value: number, operand: number) => boolean): Operator<string> => ({
  takes: 'an RFC 3339 date or date-time, such as "2026-11-22" or "2026-11-22T08:00:00Z"',
  accepts: isString,
  compile: (operand) => {
    const limit = parseTimestamp(operand);
    if (Number.isNaN(limit)) throw new Error(`${JSON.stringify(operand)} is no RFC 3339 date or date-time`);
    return (value) => holds(milliseconds(value), limit);
  },
});

function milliseconds(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseTimestamp(value);
  return value instanceof Date ? value.getTime() : Number.NaN;
}

function oneOf(operand: readonly Scalar[]): ValueTest {
  // A scan beats a set for a few values, and a set beats a scan for many.
  if (operand.length > 8) {
    const set = new Set<unknown>(operand);
    return (value) => set.has(value);
  }
  const values = [...operand];
  return (value) => values.includes(value as Scalar);
}

type ValueType = NonNullable<Operators['type']>;

const valueTypes: Readonly<Record<ValueType, ValueTest>> = {
  string: isString,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object' && !Array.isArray(value),
};

/** What each operator takes and means; the parser and the matcher both read it here. `exists` is the matcher's own. */
export const operators: { readonly [Name in OperatorName]: Operator<NonNullable<Operators[Name]>> } = {
  is: { takes: 'a string, number or boolean', accepts: isScalar, compile: (operand) => (value) => value === operand },
  not: { takes: 'a string, number or boolean', accepts: isScalar, compile: (operand) => (value) => value !== operand },
  in: { takes: 'a list of strings, numbers or booleans', accepts: isScalars, compile: oneOf },
  notIn: {
    takes: 'a list of strings, numbers or booleans',
    accepts: isScalars,
    compile: (operand) => {
      const found = oneOf(operand);
      return (value) => !found(value);
    },
  },
  gt: comparison((value: number | string, operand: number | string) => value > operand),
  gte: comparison((value: number | string, operand: number | string) => value >= operand),
  lt: comparison((value: number | string, operand: number | string) => value < operand),
  lte: comparison((value: number | string, operand: number | string) => value <= operand),
  startsWith: text((value, operand) => value.startsWith(operand)),
  endsWith: text((value, operand) => value.endsWith(operand)),
  contains: {
    takes: 'a string, number or boolean',
    accepts: isScalar,
    compile: (operand) => (value) =>
      Array.isArray(value)
        ? value.includes(operand)
        : typeof value === 'string' && typeof operand === 'string' && value.includes(operand),
  },
  matches: {
    takes: 'an RE2 pattern',
    accepts: isString,
    compile: (operand) => {
      const pattern = RE2JS.compile(operand);
      return (value) => typeof value === 'string' && pattern.test(value);
    },
  },
  semver: {
    takes: 'a semantic version range, such as ">=1.2.0 <2"',
    accepts: isString,
    compile: (operand) => {
      const range = new Range(operand, { includePrerelease: true });
      return (value) => {
        const version = typeof value === 'string' ? parseVersion(value) : undefined;
        return version !== undefined && range.test(version);
      };
    },
  },
  before: time((value, operand) => value < operand),
  after: time((value, operand) => value > operand),
  inRange: {
    takes: 'a CIDR block or an IP address, or a list of them',
    accepts: isStrings,
    compile: (operand) => {
      const blocks = list(operand).map(parseBlock);
      return (value) => {
        const address = typeof value === 'string' ? parseAddress(value) : undefined;
        return address !== undefined && blocks.some((block) => inBlock(address, block));
      };
    },
  },
  modulo: {
    takes: 'a list of two numbers, a divisor other than 0 and what it leaves',
    accepts: (operand): operand is readonly [number, number] =>
      Array.isArray(operand) && operand.length === 2 && operand.every(isNumber) && operand[0] !== 0,
    compile:
      ([divisor, remainder]) =>
      (value) =>
        typeof value === 'number' && value % divisor === remainder,
  },
  type: {
    takes: Object.keys(valueTypes).join(', '),
    accepts: (operand): operand is ValueType => isString(operand) && Object.hasOwn(valueTypes, operand),
    compile: (operand) => valueTypes[operand],
  },
};

export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}
