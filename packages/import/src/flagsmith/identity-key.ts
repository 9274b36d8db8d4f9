import { type Decision, noneOf } from '../condition-algebra.ts';
import type { FlagsmithCondition, Surroundings } from './condition.ts';
import { isAmong, membersOf } from './trait-tests.ts';

/** Tests of the environment's key and the identifier together: each text that begins with the key is about the rest of it. */
export function identityKeyTest(
  { operator, value, path }: FlagsmithCondition,
  { environment, noting }: Surroundings,
): Decision | undefined {
  const prefix = `${environment.apiKey}_`;
  const isOne = (texts: readonly string[]): Decision =>
    isAmong(
      { name: 'targetingKey', text: true },
      texts.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length)),
    );
  const whole = Array.isArray(value) || String(value).endsWith(':semver') ? undefined : [String(value)];
  const test = (): Decision | undefined => {
    if (operator === 'EQUAL' && whole !== undefined) return isOne(whole);
    if (operator === 'NOT_EQUAL' && whole !== undefined) return noneOf(isOne(whole));
    if (operator === 'IN') return isOne(membersOf(value) ?? []);
    if (operator === 'IS_SET') return true;
    return operator === 'IS_NOT_SET' ? false : undefined;
  };
  const decision = test();
  if (decision === undefined) {
    return noting.note(
      'property-path',
      path,
      `$.identity.key is not tested by ${operator} here; test $.identity.identifier`,
    );
  }
  noting.carry('property $.identity.key');
  return decision;
}
