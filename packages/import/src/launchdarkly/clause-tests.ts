import type { Tests } from '@sluice/core';
import { readPattern } from '../pattern.ts';
import { isScalar } from '../plain-json.ts';
import type { Code, Construct } from './launchdarkly-report.ts';
import { versionIn } from './version-text.ts';

/** Tests of which one has to pass; none of none does. */
export interface ClauseTests {
  readonly tests: readonly Tests[];
  /** What differs, or why there are no tests. */
  readonly code?: Code;
  readonly what?: string;
}

type Operator = (values: readonly unknown[]) => ClauseTests;

const strings = (values: readonly unknown[]): readonly string[] => values.filter((each) => typeof each === 'string');
const numbers = (values: readonly unknown[]): readonly number[] => values.filter((each) => typeof each === 'number');

/** LaunchDarkly's operators on one value; of a list each member is asked. */
const operators: Readonly<Record<string, Operator>> = {
  in: (values) => {
    const scalars = values.filter(isScalar);
    const unwritable = values.some((each) => each === null || (typeof each === 'number' && !Number.isFinite(each)));
    return {
      tests: oneOf(
        scalars,
        (is) => ({ is }),
        (list) => ({ in: list }),
      ),
      ...(unwritable && {
        code: 'clause-value',
        what: 'holds null or a number beyond all range, so contexts with lists that hold it may differ',
      }),
    };
  },
  startsWith: (values) => ({ tests: textTests(values, (startsWith) => ({ startsWith })) }),
  endsWith: (values) => ({ tests: textTests(values, (endsWith) => ({ endsWith })) }),
  contains: (values) => ({ tests: strings(values).map((contains) => ({ type: 'string', contains })) }),
  matches: (values) => patterns(strings(values)),
  lessThan: (values) => most(numbers(values), (lt) => ({ lt })),
  lessThanOrEqual: (values) => most(numbers(values), (lte) => ({ lte })),
  greaterThan: (values) => least(numbers(values), (gt) => ({ gt })),
  greaterThanOrEqual: (values) => least(numbers(values), (gte) => ({ gte })),
  before: (values) => dates(values, largest, (before) => ({ before, asText: TIMED })),
  after: (values) => dates(values, smallest, (after) => ({ after, asText: TIMED })),
  semVerEqual: (values) => versions(values, '='),
  semVerLessThan: (values) => versions(values, '<'),
  semVerGreaterThan: (values) => versions(values, '>'),
};

/** `undefined` of an operator that LaunchDarkly does not know. */
export function testsOf(op: string, values: readonly unknown[]): ClauseTests | undefined {
  return operators[op]?.(values);
}

export const constructOf = (op: string): Construct => `clause ${op}` as Construct;

function oneOf<Value>(
  values: readonly Value[],
  one: (value: Value) => Tests,
  many: (values: readonly Value[]) => Tests,
): readonly Tests[] {
  const [first] = values;
  if (first === undefined) return [];
  return [values.length === 1 ? one(first) : many(values)];
}

function textTests(values: readonly unknown[], test: (operand: string | readonly string[]) => Tests): readonly Tests[] {
  return oneOf<string>(strings(values), test, test);
}

// Any value will do, so of comparisons the widest stands for all. A list may be longer than a call takes arguments.

const largest = (values: readonly number[]): number => values.reduce((most, each) => Math.max(most, each));
const smallest = (values: readonly number[]): number => values.reduce((least, each) => Math.min(least, each));

function most(values: readonly number[], test: (operand: number) => Tests): ClauseTests {
  return { tests: values.length === 0 ? [] : [test(largest(values))] };
}

function least(values: readonly number[], test: (operand: number) => Tests): ClauseTests {
  return { tests: values.length === 0 ? [] : [test(smallest(values))] };
}

function patterns(values: readonly string[]): ClauseTests {
  const read = values.map((pattern) => ({ pattern, reading: readPattern(pattern) }));
  const unreadable = read.find(({ reading }) => reading === 'unreadable');
  if (unreadable !== undefined) {
    return {
      tests: [],
      code: 'regular-expression',
      what: `${JSON.stringify(unreadable.pattern)} is JavaScript that RE2 cannot read or may read as something else; write it in RE2 by hand`,
    };
  }
  const tests = read.filter(({ reading }) => reading !== 'never').map(({ pattern }) => ({ matches: pattern }));
  if (!read.some(({ reading }) => reading === 'may differ')) return { tests };
  return {
    tests,
    code: 'regular-expression-characters',
    what: 'is read by RE2, so texts may differ that have characters beyond U+FFFF, line ends other than \\n, or spaces beyond ASCII',
  };
}

/**
 * LaunchDarkly takes a number, or a text with a time in it, written with capital T and Z; a date alone is nothing to it. So the
 * attribute's text is a number's (a dash only before it, or before its exponent), or has a T and no z at its end, as a
 * `Date`'s has.
 */
const TIMED: Tests = { matches: 'T.*[^z]$|^-?[^-]+(e-.*)?$' };

const LAUNCHDARKLY_DATE = /^\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d\d*)?(Z|[-+]\d\d(:\d\d)?)/;
const YEAR_0 = Date.UTC(-1, 12, 1);
const YEAR_10000 = Date.UTC(10_000, 0, 1);

function dates(
  values: readonly unknown[],
  widest: (times: readonly number[]) => number,
  test: (operand: string) => Tests,
): ClauseTests {
  const times = values
    .map((each) => (typeof each === 'string' ? (LAUNCHDARKLY_DATE.test(each) ? Date.parse(each) : Number.NaN) : each))
    .filter((each): each is number => typeof each === 'number' && !Number.isNaN(each));
  if (times.length === 0) return { tests: [] };
  const time = widest(times);
  if (!Number.isInteger(time) || time < YEAR_0 || time >= YEAR_10000) {
    return { tests: [], code: 'date-value', what: `${time} is no millisecond of the years 0 to 9999; write a date` };
  }
  return {
    tests: [test(new Date(time).toISOString())],
    code: 'date-texts',
    what: 'reads RFC 3339 alone: texts may differ that are a date which does not exist, 24:00, an offset without minutes, or longer than a date',
  };
}

function versions(values: readonly unknown[], comparator: '=' | '<' | '>'): ClauseTests {
  const ranges = values.map(versionIn).filter((each) => each !== undefined);
  if (ranges.length === 0) return { tests: [] };
  const semver = ranges.map((version) => comparator + version).join(' || ');
  // A leading v is part of a version to a document, and to LaunchDarkly the end of it.
  return { tests: [{ matches: '^[^v]', asVersion: { semver } }] };
}
