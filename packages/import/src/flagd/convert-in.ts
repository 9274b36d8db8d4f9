import type { Condition, JsonValue, Scalar } from '@sluice/core';
import { anyOf } from '../condition-algebra.ts';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, failure, lost, type Term } from './cases.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import { printed } from './json-logic.ts';

/** Whether a list holds a value, with nothing coerced; or a text another. */
export const convertIn: ConvertOperator = (operand, place, conversion) => {
  if (!isList(operand) || operand.length < 2) return lost('operand', place.path, 'in is not given two operands');
  const value = conversion.convert(operand[0], within(place, 'in', 0));
  const container = conversion.convert(operand[1], within(place, 'in', 1));
  return bind(container, (second) => bind(value, (first) => isIn(first, second, place, conversion)));
};

function isIn(value: Term, container: Term, place: Place, conversion: Conversion): Cases {
  if (container.kind === 'value') return isInLiteral(value, container.value, place, conversion);
  if (container.kind === 'attribute' && value.kind === 'value') {
    return isInAttribute(value.value, container.name, place, conversion);
  }
  return lost('operand', place.path, 'in looks for something that is read in something that is read');
}

function isInLiteral(value: Term, container: JsonValue, place: Place, conversion: Conversion): Cases {
  if (container === null || container === false || container === 0 || container === '') return constant(false);
  if (value.kind === 'value') {
    if (isList(container)) return constant(container.some((each) => each === value.value));
    if (typeof container === 'string') return constant(container.includes(printed(value.value)));
  }
  if (!isList(container) && typeof container !== 'string') return always(failure);
  if (typeof container === 'string') return lost('operand', place.path, 'in looks for what is read in a literal text');
  if (value.kind !== 'attribute') return lost('operand', place.path, 'in looks for something that is no attribute');
  conversion.carry('in a list');
  const scalars = container.filter((each): each is Scalar => each !== null && typeof each !== 'object');
  const found: Condition[] = scalars.length === 0 ? [] : [{ [value.name]: scalars }];
  const missing: Condition[] = container.includes(null) ? [{ [value.name]: { exists: false } }] : [];
  return choose(anyOf([...found, ...missing]), constant(true), constant(false));
}

function isInAttribute(value: JsonValue, name: string, place: Place, conversion: Conversion): Cases {
  if (value === null || typeof value === 'object') {
    return lost('operand', place.path, 'in looks for nothing, or for a list, in an attribute');
  }
  conversion.carry('in an attribute');
  conversion.assume(name, 'text, a list, missing, false or 0');
  const member: Condition = { [name]: { contains: value } };
  // A text holds the printed value, but an empty text is nothing to look into.
  const part: Condition = { [name]: { type: 'string', contains: String(value) } };
  if (value === '') {
    return choose({ all: [member, { none: [{ [name]: '' }] }] }, constant(true), constant(false));
  }
  return choose(anyOf(typeof value === 'string' ? [member] : [member, part]), constant(true), constant(false));
}
