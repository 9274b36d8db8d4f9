import type { Decision } from '../condition-algebra.ts';
import { readPattern } from '../pattern.ts';
import type { FlagsmithCondition, Literal } from './condition.ts';
import type { Construct, FlagsmithNoting } from './flagsmith-report.ts';
import {
  type Attribute,
  type Comparison,
  compared,
  contains,
  containsNot,
  equalTo,
  isAmong,
  isNot,
  isOneOf,
  leaves,
  looselyEqualTo,
  membersOf,
  on,
  versionCompared,
} from './trait-tests.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  GREATER_THAN: 'gt',
  GREATER_THAN_INCLUSIVE: 'gte',
  LESS_THAN: 'lt',
  LESS_THAN_INCLUSIVE: 'lte',
};

const SEMVER = ':semver';

/** Whether an attribute passes; `undefined`, with a note, where that cannot be carried. */
export function convertOperator(
  { operator, value, path }: FlagsmithCondition,
  attribute: Attribute,
  noting: FlagsmithNoting,
): Decision | undefined {
  if (operator === 'IN') {
    noting.carry('operator IN');
    return isAmong(attribute, membersOf(value) ?? []);
  }
  const literal = value as Literal;
  if (operator === 'REGEX') return matches(attribute, literal, path, noting);
  const test = plainTest(operator, attribute, literal);
  if (test === undefined) {
    noting.note('unknown-operator', path, `${operator} is unknown to the Node SDK 8, for which it holds for nobody`);
    return false;
  }
  noting.carry(test.construct);
  if (operator === 'MODULO' && typeof test.decision === 'object') {
    noting.note(
      'modulo-of-text',
      path,
      'of a text the SDK divides the number that it begins with, such as 12 of "12px"; here that is no number; hand in numbers',
    );
  }
  return test.decision;
}

/** Operators that mean the same for every literal. */
function plainTest(
  operator: string,
  attribute: Attribute,
  literal: Literal,
): { readonly construct: Construct; readonly decision: Decision } | undefined {
  const version = typeof literal === 'string' && literal.endsWith(SEMVER) ? literal.replace(SEMVER, '') : undefined;
  const comparison = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (comparison !== undefined) {
    return version === undefined
      ? { construct: `operator ${operator}` as Construct, decision: compared(attribute, comparison, literal) }
      : {
          construct: `operator ${operator} :semver` as Construct,
          decision: versionCompared(attribute, comparison, version),
        };
  }
  switch (operator) {
    case 'EQUAL':
      return version === undefined
        ? { construct: 'operator EQUAL', decision: isOneOf(attribute, equalTo(attribute, literal)) }
        : { construct: 'operator EQUAL :semver', decision: versionCompared(attribute, 'eq', version) };
    // Versions, too, are unequal as texts.
    case 'NOT_EQUAL':
      return version === undefined
        ? { construct: 'operator NOT_EQUAL', decision: isNot(attribute, equalTo(attribute, literal)) }
        : { construct: 'operator NOT_EQUAL :semver', decision: isNot(attribute, looselyEqualTo(attribute, version)) };
    case 'CONTAINS':
      return version === undefined
        ? { construct: 'operator CONTAINS', decision: contains(attribute, String(literal)) }
        : { construct: 'operator CONTAINS :semver', decision: contains(attribute, version) };
    case 'NOT_CONTAINS':
      return { construct: 'operator NOT_CONTAINS', decision: containsNot(attribute, literal) };
    case 'MODULO':
      return { construct: 'operator MODULO', decision: leaves(attribute, literal) };
    case 'IS_SET':
      return { construct: 'operator IS_SET', decision: on(attribute, { exists: true }) };
    case 'IS_NOT_SET':
      return { construct: 'operator IS_NOT_SET', decision: on(attribute, { exists: false }) };
    default:
      return undefined;
  }
}

function matches(
  attribute: Attribute,
  literal: Literal,
  path: FlagsmithCondition['path'],
  noting: FlagsmithNoting,
): Decision | undefined {
  const pattern = literal ? String(literal) : '';
  const reading = pattern === '' ? 'never' : readPattern(pattern);
  if (reading === 'unreadable') {
    return noting.note(
      'regular-expression-dialect',
      path,
      `${JSON.stringify(pattern)} means something else to RE2, or nothing; write it without lookaround, back references and special escapes`,
    );
  }
  noting.carry('operator REGEX');
  if (reading === 'never') return false;
  noting.note(
    'regular-expression',
    path,
    'texts with characters beyond U+FFFF, line separators other than a line feed, or spaces beyond ASCII may match differently in RE2',
  );
  return on(attribute, { asText: { matches: pattern } });
}
