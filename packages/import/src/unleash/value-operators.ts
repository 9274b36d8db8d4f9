import type { Tests } from '@sluice/core';
import { noneOf } from '../condition-algebra.ts';
import { strictVersion } from '../strict-version.ts';
import { allConditions } from './all-conditions.ts';
import type { Operator } from './constraint.ts';
import { asText, never } from './text-operators.ts';

/** JavaScript's own conversion, as in the SDK: `""` and `null` are 0. */
const number =
  (test: (operand: number) => Tests): Operator =>
  (constraint, noting) => {
    const operand = Number(constraint.value);
    if (Number.isNaN(operand)) return never(constraint, 'has no number', noting);
    if (!Number.isFinite(operand)) {
      noting.note('constraint-value', constraint.path, 'compares with infinity; its strategy is left out');
      return undefined;
    }
    return { [constraint.attribute]: { asNumber: test(operand) } };
  };

/** Versions are strict, and of the context's one may not begin with `v`, though the constraint's may. */
const version =
  (comparator: string): Operator =>
  (constraint, noting) => {
    const { attribute, value } = constraint;
    const text = typeof value === 'string' ? strictVersion(value) : undefined;
    if (text === undefined) return never(constraint, 'has no semantic version', noting);
    return allConditions([
      asText(attribute, { semver: `${comparator}${text}` }),
      noneOf(asText(attribute, { startsWith: 'v' })),
    ]);
  };

export const valueOperators: Readonly<Record<string, Operator>> = {
  NUM_EQ: number((is) => ({ is })),
  NUM_GT: number((gt) => ({ gt })),
  NUM_GTE: number((gte) => ({ gte })),
  NUM_LT: number((lt) => ({ lt })),
  NUM_LTE: number((lte) => ({ lte })),
  SEMVER_EQ: version('='),
  SEMVER_GT: version('>'),
  SEMVER_GTE: version('>='),
  SEMVER_LT: version('<'),
  SEMVER_LTE: version('<='),
};
