import type { JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, failure, lost, type Term } from './cases.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import { printed } from './json-logic.ts';

/** Whether a text begins or ends with another. What is no text gives null, and before flagd-core 3.0.0 false. */
export function convertAffix(
  operator: 'starts_with' | 'ends_with',
  operand: JsonValue,
  place: Place,
  conversion: Conversion,
): Cases {
  const wrong = constant(conversion.generation === 2 ? null : false);
  if (!isList(operand)) return lost('operand', place.path, `${operator} is not given a list`);
  if (operand.length !== 2) return wrong;
  const text = conversion.convert(operand[0], within(place, operator, 0));
  const affix = conversion.convert(operand[1], within(place, operator, 1));
  return bind(text, (first) =>
    bind(affix, (second) => {
      if (isOther(first) || isOther(second)) return wrong;
      if (second.kind !== 'value' || first.kind === 'text') {
        return lost('operand', place.path, `${operator} is not given a literal to look for`);
      }
      conversion.carry(operator);
      const sought = second.value as string;
      if (first.kind === 'value') {
        const whole = first.value as string;
        return constant(operator === 'starts_with' ? whole.startsWith(sought) : whole.endsWith(sought));
      }
      const { name } = first as Extract<Term, { kind: 'attribute' }>;
      const found = { [name]: operator === 'starts_with' ? { startsWith: sought } : { endsWith: sought } };
      return choose(found, constant(true), choose({ [name]: { type: 'string' } }, constant(false), wrong));
    }),
  );
}

/** What is no text whatever the context. */
function isOther(term: Term): boolean {
  return term.kind === 'time' || (term.kind === 'value' && typeof term.value !== 'string');
}

/** Literals and one attribute, put together. */
export const convertCat: ConvertOperator = (operand, place, conversion) => {
  if (!isList(operand)) {
    if (typeof operand === 'string') return constant(operand);
    if (typeof operand === 'number') return constant(String(operand));
    return lost('operand', place.path, 'cat is not given a list');
  }
  if (operand.length === 1 && place.mode === 'interpreted') {
    return lost('operand', place.path, 'cat of one thing in an if without else prints it in another way');
  }
  conversion.carry('cat');
  let whole: Cases = constant('');
  for (const [index, node] of operand.entries()) {
    const at = within(place, 'cat', index);
    const next = conversion.convert(node, at);
    whole = bind(whole, (before) => bind(next, (term) => append(before, term, at)));
  }
  return whole;
};

function append(before: Term, term: Term, place: Place): Cases {
  const nothing = place.mode === 'interpreted' ? '' : 'null';
  const print = (value: JsonValue): string => (value === null ? nothing : printed(value));
  if (term.kind === 'value' && before.kind === 'value') return constant(`${before.value}${print(term.value)}`);
  if (term.kind === 'value' && print(term.value) === '') return always(before);
  if (term.kind === 'attribute' && before.kind === 'value') {
    return always({ kind: 'text', prefix: String(before.value), attribute: term.name, missing: nothing });
  }
  if (term.kind === 'failure') return always(failure);
  return lost('operand', place.path, 'cat puts something other than literals and then one attribute together');
}
