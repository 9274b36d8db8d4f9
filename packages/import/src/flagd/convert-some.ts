import type { Condition, JsonValue, Tests } from '@sluice/core';
import { isList } from '../plain-json.ts';
import type { Cases } from './cases.ts';
import { bind, choose, constant, lost } from './cases.ts';
import { type Conversion, type Place, within } from './conversion.ts';

/** Whether one, or none, of an attribute's members passes one plain test. */
export function convertSome(
  operator: 'some' | 'none',
  operand: JsonValue,
  place: Place,
  conversion: Conversion,
): Cases {
  const [list = null, test = null] = isList(operand) ? operand : [];
  const members = conversion.convert(list, within(place, operator, 0));
  const tests = testsOf(test, conversion);
  return bind(members, (term) => {
    if (term.kind !== 'attribute' || tests === undefined) {
      return lost('operand', place.path, `${operator} asks more of the members of an attribute than one plain test`);
    }
    const { name } = term;
    conversion.carry(operator);
    conversion.assume(name, `a list of ${tests.types}, or missing`);
    const found: Condition = { [name]: { type: 'list', some: tests.tests } };
    return choose(found, constant(operator === 'some'), constant(operator === 'none'));
  });
}

/** A test of one member, which is what `var` of nothing reads. flagd's own operators fail there: a member is no context. */
function testsOf(node: JsonValue, { generation }: Conversion): { tests: Tests; types: string } | undefined {
  if (typeof node !== 'object' || node === null || isList(node)) return undefined;
  const [operator, more] = Object.keys(node);
  const operands = operator === undefined || more !== undefined ? undefined : node[operator];
  if (!isList(operands) || operands.length !== 2) return undefined;
  const [member = null, literal = null] = operands;
  if (JSON.stringify(member) !== '{"var":""}') return undefined;
  if (operator === 'in' && isList(literal) && literal.length > 0 && literal.every((each) => typeof each === 'string')) {
    return { tests: { in: literal as readonly string[] }, types: 'anything' };
  }
  if (typeof literal !== 'string') return undefined;
  switch (operator) {
    case '===':
      return { tests: { is: literal }, types: 'anything' };
    case '==':
      // What is compared with a text that is a number counts as one.
      return Number.isNaN(Number(literal))
        ? { tests: { is: literal }, types: generation === 2 ? 'text' : 'anything but lists and objects' }
        : undefined;
    default:
      return undefined;
  }
}
