import type { Tests } from '@sluice/core';
import { isAccepted } from '../accepted.ts';
import { anyOf, type Decision, noneOf } from '../condition-algebra.ts';
import type { Constraint, Operator } from './constraint.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Tests of what the SDK compares: the attribute printed. */
export function asText(attribute: string, tests: Tests): Decision {
  return { [attribute]: { asText: tests } };
}

/** A constraint that asks for nothing that could be: `false`, as in Unleash, and the author may want to know. */
export function never({ path }: Constraint, message: string, noting: UnleashNoting): false {
  noting.note('empty-constraint', path, `${message}, so it never holds, as in Unleash`);
  return false;
}

const isIn: Operator = (constraint, noting) => {
  const { attribute, values } = constraint;
  if (values.length === 0) return never(constraint, 'has no values', noting);
  return asText(attribute, { in: values });
};

const isNotIn: Operator = ({ attribute, values }) => values.length === 0 || noneOf(asText(attribute, { in: values }));

/** One test takes all values where the native operator takes a list. */
const compared =
  (tests: (values: readonly string[]) => readonly Tests[]): Operator =>
  (constraint, noting) => {
    const { attribute, values, caseInsensitive } = constraint;
    if (values.length === 0) return never(constraint, 'has no values', noting);
    if (!caseInsensitive) return anyOf(tests(values).map((test) => asText(attribute, test)));
    const lower = values.map((value) => value.toLowerCase());
    return anyOf(tests(lower).map((asLowerCase) => asText(attribute, { asLowerCase })));
  };

const matches: Operator = (constraint, noting) => {
  const { attribute, value, caseInsensitive } = constraint;
  const pattern = typeof value === 'string' ? `${caseInsensitive ? '(?i)' : ''}${value}` : undefined;
  if (pattern === undefined || !isAccepted({ [attribute]: { matches: pattern } })) {
    return never(constraint, 'has no RE2 pattern', noting);
  }
  return asText(attribute, { matches: pattern });
};

export const textOperators: Readonly<Record<string, Operator>> = {
  IN: isIn,
  NOT_IN: isNotIn,
  STR_STARTS_WITH: compared((startsWith) => [{ startsWith }]),
  STR_ENDS_WITH: compared((endsWith) => [{ endsWith }]),
  STR_CONTAINS: compared((values) => values.map((contains) => ({ contains }))),
  REGEX: matches,
};
