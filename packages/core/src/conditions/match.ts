import type { Condition, Scalar, Test, Tests } from '../document/condition.ts';
import { type AttributeReader, attributeReader, type Context } from './attribute.ts';
import { compileBucket } from './bucket-word.ts';
import { isScalar, operators, type ValueTest } from './operators.ts';
import { compileTests } from './value-test.ts';

/**
 * Whether a context meets a condition. `now` tells the time in milliseconds since the epoch; only the word `now` asks it, so
 * an evaluation that needs no time asks no clock. Where there is no clock, that word is false.
 */
export type Matcher = (context: Context, now?: () => number) => boolean;

/** The matcher of a segment by name; the parser has made sure that it exists and that no segment holds itself. */
export type SegmentMatcher = (name: string) => Matcher;

export function compileCondition(condition: Condition, segment: SegmentMatcher): Matcher {
  const { all, any, none, inSegment, now, bucket, ...attributes } = condition;
  const nested = (conditions: readonly Condition[]): Matcher[] =>
    conditions.map((each) => compileCondition(each, segment));
  const matchers: Matcher[] = [];
  for (const [name, test] of Object.entries(attributes)) {
    if (test !== undefined) matchers.push(compileTest(name, test as Test));
  }
  if (now !== undefined) matchers.push(timed(compileTests(now)));
  if (inSegment !== undefined) {
    matchers.push(some((typeof inSegment === 'string' ? [inSegment] : inSegment).map(segment)));
  }
  if (all !== undefined) matchers.push(every(nested(all)));
  if (any !== undefined) matchers.push(some(nested(any)));
  if (none !== undefined) matchers.push(not(some(nested(none))));
  // The last, because it alone hashes.
  if (bucket !== undefined) matchers.push(compileBucket(bucket));
  return every(matchers);
}

function compileTest(attribute: string, test: Test): Matcher {
  const read = attributeReader(attribute);
  if (isScalar(test)) return attribute.includes('.') ? equals(read, test) : equalsByName(attribute, test);
  if (Array.isArray(test)) return there(read, operators.in.compile(test as readonly Scalar[]));
  const { exists: expected, ...tests } = test as Tests;
  if (expected === undefined) return there(read, compileTests(tests));
  const present = exists(read, expected);
  return Object.keys(tests).length === 0 ? present : both(present, there(read, compileTests(tests)));
}

/** What a reader takes for missing is no scalar and so equals none: a plain name is read at once. */
const equalsByName =
  (name: string, expected: Scalar): Matcher =>
  (context) =>
    context[name] === expected;

const equals =
  (read: AttributeReader, expected: Scalar): Matcher =>
  (context) =>
    read(context) === expected;

/** A missing attribute makes every operator false, the negative ones too. */
const there =
  (read: AttributeReader, test: ValueTest): Matcher =>
  (context) => {
    const value = read(context);
    return value !== undefined && test(value);
  };

const timed =
  (test: ValueTest): Matcher =>
  (_, now) =>
    now !== undefined && test(now());

const exists =
  (read: AttributeReader, expected: boolean): Matcher =>
  (context) =>
    (read(context) !== undefined) === expected;

// One and two are the usual numbers of conditions, and calling them by name is several times as fast as walking a list.
// Each closure is made by a function of its own, so that it keeps alive only what it reads: there is one a rule.

function every(matchers: readonly Matcher[]): Matcher {
  const [first, second] = matchers;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return matchers.length === 2 ? both(first, second) : all([...matchers]);
}

function some(matchers: readonly Matcher[]): Matcher {
  const [first] = matchers;
  if (first === undefined) return () => false;
  return matchers.length === 1 ? first : any([...matchers]);
}

const both =
  (first: Matcher, second: Matcher): Matcher =>
  (context, now) =>
    first(context, now) && second(context, now);

const all =
  (matchers: readonly Matcher[]): Matcher =>
  (context, now) =>
    matchers.every((matches) => matches(context, now));

const any =
  (matchers: readonly Matcher[]): Matcher =>
  (context, now) =>
    matchers.some((matches) => matches(context, now));

const not =
  (matches: Matcher): Matcher =>
  (context, now) =>
    !matches(context, now);
