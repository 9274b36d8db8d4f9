import type { Path } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import type { Placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { addressOperators } from './address-operators.ts';
import { negated } from './all-conditions.ts';
import { attributeName } from './attribute-name.ts';
import type { Constraint, Operator } from './constraint.ts';
import { dateOperators } from './date-operators.ts';
import { textOperators } from './text-operators.ts';
import { quote } from './unleash-definitions.ts';
import { type Construct, constructs, type UnleashNoting } from './unleash-report.ts';
import { valueOperators } from './value-operators.ts';

const operators: Readonly<Record<string, Operator>> = {
  ...textOperators,
  ...valueOperators,
  ...dateOperators,
  ...addressOperators,
};

const manyValued = new Set(['IN', 'NOT_IN', 'STR_STARTS_WITH', 'STR_ENDS_WITH', 'STR_CONTAINS', 'IN_CIDR']);

/** When a constraint holds; `undefined` where it cannot be carried, which is noted. */
export function convertConstraint({ value: constraint, path }: Placed, noting: UnleashNoting): Decision | undefined {
  // A constraint that is not there never holds.
  if (constraint === null || constraint === undefined) return false;
  if (!isRecord(constraint)) return malformed(path, 'is no constraint', noting);
  const name = constraint['operator'];
  const operator = typeof name === 'string' && Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (typeof name !== 'string' || operator === undefined) {
    const message = `has the operator ${quote(name)}, which the SDK does not know: it never holds, inverted or not`;
    noting.note('unknown-operator', [...path, 'operator'], message);
    return false;
  }
  const { value } = constraint;
  const values: unknown = manyValued.has(name) ? constraint['values'] : [];
  if (!Array.isArray(values) || !values.every(isText)) {
    return malformed([...path, 'values'], 'has to be a list of strings', noting);
  }
  if (typeof value === 'object' && value !== null) {
    return malformed([...path, 'value'], 'has to be a string', noting);
  }
  const attribute = name.startsWith('DATE_')
    ? 'currentTime'
    : attributeName(constraint['contextName'], [...path, 'contextName'], noting);
  if (attribute === undefined) return undefined;
  const holds = operator(
    {
      attribute,
      values: clean(values),
      value: value as Constraint['value'],
      caseInsensitive: Boolean(constraint['caseInsensitive']),
      path,
    },
    noting,
  );
  if (holds === undefined) return undefined;
  return constraint['inverted'] ? negated(holds) : holds;
}

/** What of the format a constraint that was carried uses. */
export function carryConstraint({ value: constraint }: Placed, noting: UnleashNoting): void {
  if (!isRecord(constraint)) return;
  const construct = constructs.find((each) => each === `constraint ${constraint['operator']}`);
  if (construct === undefined) return;
  const used: Construct[] = [construct];
  if (constraint['inverted']) used.push('constraint inverted');
  if (constraint['caseInsensitive']) used.push('constraint caseInsensitive');
  for (const each of used) noting.carry(each);
}

/** The SDK drops what is falsy before it trims, so a value of blanks is the empty text. */
function clean(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value.trim()] : []));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || !value;
}

function malformed(path: Path, message: string, noting: UnleashNoting): undefined {
  noting.note('malformed', path, `${message}; its strategy is left out`);
}
