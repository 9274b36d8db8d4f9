import { allOf, anyOf, type Decision, noneOf } from '../condition-algebra.ts';
import { bind, type Cases, choose, constant, lost, type Term } from './cases.ts';
import type { Conversion, Place } from './conversion.ts';
import { isTruthy } from './json-logic.ts';

/** One of two, by whether an expression counts as true. */
export function ifTrue(cases: Cases, yes: Cases, no: Cases, place: Place, conversion: Conversion): Cases {
  return bind(truthOf(cases, place, conversion), (term) => (term.kind === 'value' && term.value === true ? yes : no));
}

/** True or false. */
export function truthOf(cases: Cases, place: Place, conversion: Conversion): Cases {
  return asQuestion(bind(cases, (term) => truthOfTerm(term, place, conversion)));
}

export function negated(cases: Cases, place: Place, conversion: Conversion): Cases {
  return asQuestion(ifTrue(cases, constant(false), constant(true), place, conversion));
}

function truthOfTerm(term: Term, place: Place, { generation, assume }: Conversion): Cases {
  switch (term.kind) {
    case 'value':
      return constant(isTruthy(term.value, generation));
    case 'time':
      return constant(true);
    case 'attribute': {
      const { name } = term;
      const falsy = [{ [name]: { exists: false } }, { [name]: [false, 0, ''] }];
      if (generation === 1) return choose({ none: falsy }, constant(true), constant(false));
      assume(name, 'anything but an object without members');
      return choose({ none: [...falsy, { [name]: { size: { is: 0 } } }] }, constant(true), constant(false));
    }
    case 'text':
      if (term.prefix !== '') return constant(true);
      return lost('operand', place.path, 'asks whether text made of an attribute is empty');
    default:
      return lost('operand', place.path, 'asks whether what fractional gives is empty');
  }
}

/** The condition, of cases that are no more than one. */
export function questionOf(cases: Cases): Decision | undefined {
  const [yes, no] = cases;
  if (cases.length > 2 || yes?.gives.kind !== 'value') return undefined;
  if (no === undefined) return typeof yes.gives.value === 'boolean' ? yes.gives.value : undefined;
  return yes.gives.value === true && no.gives.kind === 'value' && no.gives.value === false ? yes.when : undefined;
}

/** One condition, where nothing but true and false come of the cases. */
function asQuestion(cases: Cases): Cases {
  let holds: Decision = false;
  for (const { when, gives } of cases.toReversed()) {
    if (gives.kind !== 'value') return cases;
    holds = gives.value === true ? anyOf([when, holds]) : allOf([noneOf(when), holds]);
  }
  return choose(holds, constant(true), constant(false));
}
