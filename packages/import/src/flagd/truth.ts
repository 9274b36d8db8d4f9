import { bind, type Cases, choose, constant, lost } from './cases.ts';
import type { Conversion, Place } from './conversion.ts';
import { isTruthy } from './json-logic.ts';

/** One of two, by whether an expression counts as true. */
export function ifTrue(cases: Cases, yes: Cases, no: Cases, place: Place, conversion: Conversion): Cases {
  const { generation } = conversion;
  return bind(cases, (term) => {
    switch (term.kind) {
      case 'value':
        return isTruthy(term.value, generation) ? yes : no;
      case 'time':
        return yes;
      case 'attribute': {
        const { name } = term;
        const empty = generation === 2 ? [{ [name]: { size: 0 } }] : [];
        if (generation === 2) conversion.assume(name, 'anything but an object without members');
        return choose({ none: [{ [name]: { exists: false } }, { [name]: [false, 0, ''] }, ...empty] }, yes, no);
      }
      case 'text':
        if (term.prefix !== '') return yes;
        return lost('operand', place.path, 'asks whether text made of an attribute is empty');
      default:
        return lost('operand', place.path, 'asks whether what fractional gives is empty');
    }
  });
}

/** True or false. */
export function truthOf(cases: Cases, place: Place, conversion: Conversion): Cases {
  return ifTrue(cases, constant(true), constant(false), place, conversion);
}

export function negated(cases: Cases, place: Place, conversion: Conversion): Cases {
  return ifTrue(cases, constant(false), constant(true), place, conversion);
}
