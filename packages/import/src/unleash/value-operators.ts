import type { Tests } from '@sluice/core';
import { noneOf } from '../condition-algebra.ts';
import { allConditions } from './all-conditions.ts';
import type { Operator } from './constraint.ts';
import { asText, never } from './text-operators.ts';

/** JavaScript's own conversion, as in the SDK: `""` and `null` are 0. */
const number =
  (test: (operand: number) => Tests): Operator =>
  (constraint, report) => {
    const operand = Number(constraint.value);
    if (Number.isNaN(operand)) return never(constraint, 'has no number', report);
    if (!Number.isFinite(operand)) {
      report.note('constraint-value', constraint.path, 'compares with infinity; its strategy is left out');
      return undefined;
    }
    return { [constraint.attribute]: { asNumber: test(operand) } };
  };

const NUMBER = '(0|[1-9]\\d{0,15})';
const LABEL = '(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const VERSION = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${LABEL}(\\.${LABEL})*)?)(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$`,
);

/** Versions are strict, and of the context's one may not begin with `v`, though the constraint's may. */
const version =
  (comparator: string): Operator =>
  (constraint, report) => {
    const { attribute, value } = constraint;
    const text = typeof value === 'string' && value.length <= 256 ? VERSION.exec(value.trim())?.[1] : undefined;
    const parts = text?.split('-')[0]?.split('.').map(Number) ?? [];
    if (text === undefined || !parts.every(Number.isSafeInteger)) {
      return never(constraint, 'has no semantic version', report);
    }
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
