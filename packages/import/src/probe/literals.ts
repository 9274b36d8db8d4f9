import type { Condition, Document, Tests } from '@sluice/core';

/** By attribute: the values that a document's conditions compare it with. */
export type Literals = ReadonlyMap<string, readonly unknown[]>;

/** What the conditions of a document mention, so that contexts can be aimed at it. */
export function literalsOf(document: Document): Literals {
  const literals = new Map<string, unknown[]>();
  const note = (attribute: string, value: unknown): void => {
    const values = literals.get(attribute);
    if (values === undefined) literals.set(attribute, [value]);
    else if (!values.includes(value)) values.push(value);
  };
  const readTests = (attribute: string, tests: Tests): void => {
    for (const [name, operand] of Object.entries(tests as Readonly<Record<string, unknown>>)) {
      if (name === 'semver' || name === 'matches' || name === 'inRange') {
        for (const each of [operand].flat()) for (const value of exampleOf(name, String(each))) note(attribute, value);
      } else if (name === 'modulo') note(attribute, (operand as readonly number[])[1]);
      else if (typeof operand === 'object' && operand !== null && !Array.isArray(operand))
        readTests(attribute, operand);
      else if (name !== 'exists' && name !== 'type') for (const each of [operand].flat()) note(attribute, each);
    }
  };
  const readCondition = (condition: Condition): void => {
    const { all, any, none, inSegment, now, bucket, ...attributes } = condition;
    for (const each of [all, any, none].flatMap((some) => some ?? [])) readCondition(each);
    for (const each of [bucket?.unit ?? []].flat()) note(each, undefined);
    for (const [attribute, test] of Object.entries(attributes)) {
      note(attribute, undefined);
      if (typeof test === 'object' && !Array.isArray(test)) readTests(attribute, test as Tests);
      else for (const each of [test].flat()) note(attribute, each);
    }
  };
  for (const { when } of Object.values(document.segments ?? {})) readCondition(when);
  for (const { rules } of Object.values(document.flags ?? {})) for (const { when } of rules ?? []) readCondition(when);
  return literals;
}

/** Values that have to do with a range, a pattern or a block: the text's own words and numbers, and versions and addresses in it. */
function exampleOf(operator: 'semver' | 'matches' | 'inRange', operand: string): readonly string[] {
  if (operator === 'inRange') return [operand.split('/')[0] ?? operand];
  if (operator === 'semver') return operand.match(/\d+(\.\d+)*(-[\w.]+)?/g) ?? [];
  return [operand.replace(/\\(.)/g, '$1').replace(/[\^$]/g, ''), ...(operand.match(/\w+/g) ?? [])];
}
