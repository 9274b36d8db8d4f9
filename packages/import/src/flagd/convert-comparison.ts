import type { JsonArray, JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, failure, lost, type Term } from './cases.ts';
import { compareAttribute } from './compare-attribute.ts';
import { type Comparing, type Comparison, compareLiterals } from './compare-literals.ts';
import { compareTime } from './compare-time.ts';
import { type Conversion, type Place, within } from './conversion.ts';
import { isConstant } from './json-logic.ts';
import { negated } from './truth.ts';

/** What the first engine looks for in a chain that it interprets, and finds in no comparison with what is no number. */
const opposites: Readonly<Partial<Record<Comparison, Comparison>>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** Two operands, or more of which each two neighbours have to compare so. */
export function convertComparison(
  comparison: Comparison,
  operand: JsonValue,
  place: Place,
  conversion: Conversion,
): Cases {
  if (!isList(operand) || operand.length < 2) {
    return lost('operand', place.path, `${comparison} is not given two operands`);
  }
  const read = operand.filter((each) => !isConstant(each, place.evaluators));
  conversion.carry(comparison);
  if (operand.length > 2) {
    // In a chain the engine hands on what it checked, and not what was written.
    if (read.length > 1 || !['<', '<=', '>', '>='].includes(comparison)) {
      return lost('operand', place.path, `${comparison} is given ${operand.length} operands`);
    }
    conversion.carry('between');
  }
  const opposite =
    operand.length > 2 && conversion.generation === 1 && place.mode === 'interpreted'
      ? opposites[comparison]
      : undefined;
  let cases = constant(true);
  for (let index = operand.length - 2; index >= 0; index--) {
    const pair =
      opposite === undefined
        ? convertPair(comparison, operand, index, place, conversion)
        : negated(convertPair(opposite, operand, index, place, conversion), place, conversion);
    const rest = cases;
    cases = bind(pair, (term) => (term.kind === 'value' && term.value === true ? rest : always(term)));
  }
  return cases;
}

function convertPair(
  comparison: Comparison,
  operands: JsonArray,
  index: number,
  place: Place,
  conversion: Conversion,
): Cases {
  const [leftNode = null, rightNode = null] = operands.slice(index);
  const rightIsRead = isVariable(rightNode);
  const { generation } = conversion;
  if (generation === 2 && !isConstant(rightNode, place.evaluators) && !rightIsRead && comparison.length < 3) {
    // Its engine checks the left side by what it last looked at, which may be a part of the right side.
    return lost('operand', place.path, `${comparison} has an expression on its right; write it on the left`);
  }
  const left = conversion.convert(leftNode, within(place, comparison, index));
  const right = conversion.convert(rightNode, within(place, comparison, index + 1));
  const comparing: Comparing = { generation, mode: place.mode, rightIsRead };
  return bind(left, (first) =>
    bind(right, (second) => compareTerms(comparison, first, second, comparing, place, conversion)),
  );
}

function isVariable(node: JsonValue): boolean {
  return typeof node === 'object' && node !== null && Object.keys(node)[0] === 'var';
}

function compareTerms(
  comparison: Comparison,
  left: Term,
  right: Term,
  comparing: Comparing,
  place: Place,
  conversion: Conversion,
): Cases {
  if (left.kind === 'value' && right.kind === 'value') {
    const compared = compareLiterals(comparison, left.value, right.value, comparing);
    conversion.carry('comparison of literals');
    return compared === 'failure' ? always(failure) : constant(compared);
  }
  const [literal, other] = left.kind === 'value' ? [left, right] : [right, left];
  if (literal.kind !== 'value') return lost('operand', place.path, `${comparison} compares two things that are read`);
  const literalIsLeft = literal === left;
  if (comparing.generation === 1 && typeof literal.value === 'object' && literal.value !== null) {
    return lost('operand', place.path, `${comparison} compares with a list or an object`);
  }
  if (other.kind === 'time') {
    const holds = compareTime(comparison, literal.value, literalIsLeft, comparing);
    return holds === undefined ? always(failure) : choose(holds, constant(true), constant(false));
  }
  if (other.kind !== 'attribute')
    return lost('operand', place.path, `${comparison} compares text made of an attribute`);
  const compared = compareAttribute(other.name, comparison, literal.value, literalIsLeft, comparing);
  if (compared === undefined) return always(failure);
  if (compared.types !== '') conversion.assume(other.name, compared.types);
  return choose(compared.holds, constant(true), constant(false));
}
