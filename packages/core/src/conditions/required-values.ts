import type { Condition, Operators, Scalar, Test, Tests } from '../document/condition.ts';
import { isScalar } from './operators.ts';

/** That an attribute has one of a few values, or else the condition does not hold. */
export interface RequiredValues {
  readonly attribute: string;
  readonly values: readonly Scalar[];
  /**
   * What has to be one of the values. `none`: the attribute. `asText`: the attribute as it is printed. `some`: a member of
   * the list that the attribute is, or the attribute where it is no list.
   */
  readonly conversion: 'none' | 'asText' | 'some';
}

/**
 * What a condition says at once about the values of single attributes, so that rules by the thousand can be found by a
 * hash of a value and not by asking each. Whenever the condition matches a context, every one of these requirements holds
 * of it, by strict equality; the opposite is not so. None is found in `any`, `none`, segments and other conversions.
 */
export function requiredValues(condition: Condition): readonly RequiredValues[] {
  const { all, any, none, inSegment, now, bucket, ...attributes } = condition;
  const own = Object.entries(attributes).flatMap(([attribute, test]) => ofTest(attribute, test as Test));
  return [...own, ...(all ?? []).flatMap(requiredValues)];
}

function ofTest(attribute: string, test: Test | undefined): RequiredValues[] {
  if (test === undefined) return [];
  if (isScalar(test)) return [{ attribute, values: [test], conversion: 'none' }];
  if (Array.isArray(test)) return [{ attribute, values: [...test], conversion: 'none' }];
  const { asText, some, ...plain } = test as Tests;
  return [
    ...ofOperators(attribute, plain, 'none'),
    ...ofOperators(attribute, asText, 'asText'),
    ...ofOperators(attribute, some, 'some'),
  ];
}

function ofOperators(
  attribute: string,
  operators: Operators | undefined,
  conversion: RequiredValues['conversion'],
): RequiredValues[] {
  const found: RequiredValues[] = [];
  if (operators?.is !== undefined) found.push({ attribute, values: [operators.is], conversion });
  if (operators?.in !== undefined) found.push({ attribute, values: [...operators.in], conversion });
  return found;
}
