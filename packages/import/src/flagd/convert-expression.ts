import type { JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';
import { type Cases, constant, lost } from './cases.ts';
import type { Conversion, ConvertOperator, Place } from './conversion.ts';
import { within } from './conversion.ts';
import { convertComparison } from './convert-comparison.ts';
import { convertFractional } from './convert-fractional.ts';
import { convertIn } from './convert-in.ts';
import { convertAnd, convertIf, convertNot, convertOr, convertTruth } from './convert-logic.ts';
import { convertReference } from './convert-reference.ts';
import { convertSemVer } from './convert-sem-ver.ts';
import { convertSome } from './convert-some.ts';
import { convertAffix, convertCat } from './convert-text.ts';
import { convertMissing, convertVariable } from './convert-variable.ts';
import { isConstant, isOperator } from './json-logic.ts';

/** Deeper expressions have no readable meaning as rules. */
const MAX_DEPTH = 100;

const operators: ReadonlyMap<string, ConvertOperator> = new Map<string, ConvertOperator>([
  ['if', convertIf],
  ['?:', convertIf],
  ['and', convertAnd],
  ['or', convertOr],
  ['!', convertNot],
  ['!!', convertTruth],
  ['in', convertIn],
  ['cat', convertCat],
  ['var', convertVariable],
  ['missing', convertMissing],
  ['sem_ver', convertSemVer],
  ['fractional', convertFractional],
  ...(['==', '===', '!=', '!==', '<', '<=', '>', '>='] as const).map((comparison): [string, ConvertOperator] => [
    comparison,
    (operand, place, conversion) => convertComparison(comparison, operand, place, conversion),
  ]),
  ...(['starts_with', 'ends_with'] as const).map((operator): [string, ConvertOperator] => [
    operator,
    (operand, place, conversion) => convertAffix(operator, operand, place, conversion),
  ]),
  ...(['some', 'none'] as const).map((operator): [string, ConvertOperator] => [
    operator,
    (operand, place, conversion) => convertSome(operator, operand, place, conversion),
  ]),
]);

/** One expression as cases. */
export function convertExpression(node: JsonValue | undefined, place: Place, conversion: Conversion): Cases {
  if (node === undefined || node === null || typeof node !== 'object') return constant(node ?? null);
  if (place.depth > MAX_DEPTH) return lost('size', place.path, `is nested deeper than ${MAX_DEPTH} expressions`);
  if (isList(node)) return convertList(node, place, conversion);
  const [operator, more] = Object.keys(node);
  if (operator === undefined) return constant(node);
  const operand = node[operator] ?? null;
  if (operator === '$ref') {
    const referred = convertReference(node, place, conversion);
    if (referred !== undefined) return referred;
  }
  const convert = operators.get(operator);
  const unknown = convert === undefined && !isOperator(operator, conversion.generation);
  if (unknown || (more !== undefined && conversion.generation === 2)) {
    if (place.mode === 'interpreted' || operator in {}) {
      return conversion.giveUp(place.path, `${JSON.stringify(operator)} is no operator of flagd's`);
    }
    return conversion.breakTargeting(
      unknown ? `it knows no operator ${JSON.stringify(operator)}` : `an expression has both ${operator} and ${more}`,
    );
  }
  if (convert === undefined) return lost('operator', place.path, `${operator} has no counterpart`);
  if (place.mode === 'interpreted' || !isConstant(node, place.evaluators)) return convert(operand, place, conversion);
  // flagd works out what is constant when it reads the flag, and cannot read it where that fails.
  const known = convert(operand, { ...place, mode: 'interpreted' }, conversion);
  const fails = known.some(({ gives }) => gives.kind === 'failure');
  return fails ? conversion.breakTargeting(`it cannot work out ${operator}, which has only literals`) : known;
}

/** A list of literals; of anything else nothing is asked but whether it has members. */
function convertList(node: readonly JsonValue[], place: Place, conversion: Conversion): Cases {
  const values: JsonValue[] = [];
  for (const [index, each] of node.entries()) {
    const [only] = conversion.convert(each, within(place, index));
    if (only?.when !== true || only.gives.kind !== 'value') {
      return lost('operand', place.path, 'is a list with something in it that is worked out');
    }
    values.push(only.gives.value);
  }
  return constant(values);
}
