import type { Condition, Scalar, Test } from '../document/condition.ts';
import { type AttributeReader, attributeReader, type Context } from './attribute.ts';
import { isOperatorName, isScalar, operators, type ValueTest } from './operators.ts';

/** Whether a context meets a condition. */
export type Matcher = (context: Context) => boolean;

/** The matcher of a segment by name; the parser has made sure that it exists and that no segment holds itself. */
export type SegmentMatcher = (name: string) => Matcher;

/** Words of a condition that are no attributes. */
export const conditionWords: readonly string[] = ['all', 'any', 'none', 'inSegment'];

export function compileCondition(condition: Condition, segment: SegmentMatcher): Matcher {
  const { all, any, none, inSegment, ...attributes } = condition;
  const nested = (conditions: readonly Condition[]): Matcher[] =>
    conditions.map((each) => compileCondition(each, segment));
  const matchers: Matcher[] = [];
  for (const [name, test] of Object.entries(attributes)) {
    if (test !== undefined) matchers.push(compileTest(name, test as Test));
  }
  if (inSegment !== undefined) {
    matchers.push(some((typeof inSegment === 'string' ? [inSegment] : inSegment).map(segment)));
  }
  if (all !== undefined) matchers.push(every(nested(all)));
  if (any !== undefined) matchers.push(some(nested(any)));
  if (none !== undefined) matchers.push(not(some(nested(none))));
  return every(matchers);
}

function compileTest(attribute: string, test: Test): Matcher {
  const read = attributeReader(attribute);
  if (isScalar(test)) return attribute.includes('.') ? equals(read, test) : equalsByName(attribute, test);
  if (Array.isArray(test)) return present(read, operators.in.compile(test as readonly Scalar[]));
  const matchers: Matcher[] = [];
  for (const [name, operand] of Object.entries(test)) {
    if (operand === undefined) continue;
    if (name === 'exists') matchers.push(exists(read, operand === true));
    else if (isOperatorName(name)) matchers.push(present(read, operators[name].compile(operand as never)));
  }
  return every(matchers);
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
const present =
  (read: AttributeReader, test: ValueTest): Matcher =>
  (context) => {
    const value = read(context);
    return value !== undefined && test(value);
  };

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
  (context) =>
    first(context) && second(context);

const all =
  (matchers: readonly Matcher[]): Matcher =>
  (context) =>
    matchers.every((matches) => matches(context));

const any =
  (matchers: readonly Matcher[]): Matcher =>
  (context) =>
    matchers.some((matches) => matches(context));

const not =
  (matches: Matcher): Matcher =>
  (context) =>
    !matches(context);
