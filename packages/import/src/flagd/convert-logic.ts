import type { JsonValue } from '@sluice/core';
import { allOf, anyOf } from '../condition-algebra.ts';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, failure, lost } from './cases.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import { ifTrue, negated, questionOf, truthOf } from './truth.ts';

/** Conditions and what each gives, in turns, and what is given otherwise. */
export const convertIf: ConvertOperator = (operand, place, conversion) => {
  if (!isList(operand)) return always(failure);
  conversion.carry('if');
  if (operand.length % 2 === 0) conversion.carry('if without else');
  // With fewer than three operands the engine does not compile what is in it.
  const inside: Place = operand.length < 3 ? { ...place, mode: 'interpreted' } : place;
  const at = (index: number): Place => within(inside, 'if', index);
  const result = (index: number): Cases =>
    conversion.convert(operand[index], { ...at(index), question: place.question });
  const from = (index: number): Cases => {
    if (index === operand.length - 1) return result(index);
    const here = conversion.convert(operand[index], asked(at(index)));
    const yes = result(index + 1);
    const no = index + 2 < operand.length ? from(index + 2) : constant(null);
    return ifTrue(here, yes, no, at(index), conversion);
  };
  return operand.length === 0 ? constant(null) : from(0);
};

/** The first operand that counts as true, else the last. */
export const convertOr: ConvertOperator = (operand, place, conversion) =>
  inTurn('or', operand, place, conversion, (value, rest, at) => ifTrue(value, value, rest, at, conversion));

/** The first operand that does not count as true, else the last. */
export const convertAnd: ConvertOperator = (operand, place, conversion) =>
  inTurn('and', operand, place, conversion, (value, rest, at) => ifTrue(value, rest, value, at, conversion));

function inTurn(
  operator: 'and' | 'or',
  operand: JsonValue,
  place: Place,
  conversion: Conversion,
  join: (value: Cases, rest: Cases, at: Place) => Cases,
): Cases {
  if (!isList(operand)) {
    if (conversion.generation === 2) return always(failure);
    return lost('operand', place.path, `${operator} is not given a list`);
  }
  conversion.carry(operator);
  if (operand.length === 0) return constant(null);
  const { question } = place;
  const from = (index: number): Cases => {
    const at = { ...within(place, operator, index), question };
    const converted = conversion.convert(operand[index], at);
    const value = question ? truthOf(converted, at, conversion) : converted;
    if (index === operand.length - 1) return value;
    const rest = from(index + 1);
    const questions = [questionOf(value), questionOf(rest)] as const;
    if (questions[0] !== undefined && questions[1] !== undefined) {
      const both = operator === 'and' ? allOf([questions[0], questions[1]]) : anyOf([questions[0], questions[1]]);
      return choose(both, constant(true), constant(false));
    }
    // Each thing that it can come to by itself, so that what is given on is the very value that was asked.
    return bind(value, (term) => join(always(term), rest, at));
  };
  return from(0);
}

export const convertNot: ConvertOperator = (operand, place, conversion) => {
  conversion.carry('!');
  return negated(onlyOperand('!', operand, place, conversion), place, conversion);
};

export const convertTruth: ConvertOperator = (operand, place, conversion) => {
  const unwritten = conversion.generation === 1 && place.mode === 'compiled' && !isList(operand);
  if (unwritten && typeof operand === 'object' && operand !== null) {
    return conversion.breakTargeting('its engine cannot compile !! of an expression that is not in a list');
  }
  conversion.carry('!!');
  return truthOf(onlyOperand('!!', operand, place, conversion), place, conversion);
};

function asked(place: Place): Place {
  return { ...place, question: true };
}

function onlyOperand(operator: '!' | '!!', operand: JsonValue, place: Place, conversion: Conversion): Cases {
  if (isList(operand) && operand.length === 0) return constant(null);
  const [node, at] = isList(operand) ? [operand[0], within(place, operator, 0)] : [operand, within(place, operator)];
  // Interpreting, the engine takes a list that comes of the operand for its list of operands.
  const unwraps = place.mode === 'interpreted' && (conversion.generation === 2 || !isList(operand));
  if (!unwraps) return conversion.convert(node, asked(at));
  return bind(conversion.convert(node, at), (term) => {
    if (term.kind === 'attribute') conversion.assume(term.name, 'anything but a list');
    return term.kind === 'value' && isList(term.value) ? constant(term.value[0] ?? null) : always(term);
  });
}
