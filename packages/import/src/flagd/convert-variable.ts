import type { JsonValue } from '@sluice/core';
import { isList } from '../plain-json.ts';
import { attributeName } from './attribute-name.ts';
import { always, bind, type Cases, choose, constant, lost } from './cases.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import { splitPath } from './json-logic.ts';

/** What the context holds under a name or a path, or else a default. */
export const convertVariable: ConvertOperator = (operand, place, conversion) => {
  const [key, otherwise, more] = isList(operand) ? operand : [operand];
  if ((typeof key !== 'string' && typeof key !== 'number') || key === '' || more !== undefined) {
    return lost('operand', place.path, 'reads the whole context, or what another expression names');
  }
  const read = readAttribute(String(key), place, conversion);
  if (otherwise === undefined) return read;
  conversion.carry('var with a default');
  const substitute = conversion.convert(otherwise, within(place, 'var', 1));
  return bind(read, (term) => {
    if (term.kind !== 'attribute') return term.kind === 'value' && term.value === null ? substitute : always(term);
    if (place.mode === 'interpreted') conversion.assume(term.name, 'anything but null');
    return choose({ [term.name]: { exists: true } }, always(term), substitute);
  });
};

function readAttribute(key: string, place: Place, conversion: Conversion): Cases {
  if (key.startsWith('../')) return lost('attribute-name', place.path, 'reads what is above the context');
  const steps = splitPath(key);
  if (steps[0] === '$flagd') return readOwn(steps, place, conversion);
  const name = attributeName(key);
  if (name === undefined) {
    return lost('attribute-name', place.path, `${JSON.stringify(key)} is no name that an attribute can have here`);
  }
  conversion.carry(steps.length === 1 ? 'var' : 'var with a path');
  assumePath(steps, name, conversion);
  return always({ kind: 'attribute', name });
}

function assumePath(steps: readonly string[], name: string, conversion: Conversion): void {
  if (steps.length > 1) conversion.assume(name, `within objects, and no attribute that is itself called ${name}`);
  else if (name.includes('.')) conversion.assume(name, 'an attribute of that very name, and nothing within objects');
}

/** What flagd adds to every context. */
function readOwn(steps: readonly string[], place: Place, conversion: Conversion): Cases {
  const [, name, ...more] = steps;
  if (name === undefined) return lost('operand', place.path, 'reads all that flagd adds to a context');
  if (more.length === 0 && name === 'flagKey') {
    conversion.carry('$flagd.flagKey');
    return constant(conversion.flagKey);
  }
  if (more.length === 0 && name === 'timestamp') {
    conversion.carry('$flagd.timestamp');
    return always({ kind: 'time' });
  }
  if (['flagKey', 'timestamp'].includes(name) || name in {}) {
    return lost('attribute-name', place.path, 'reads a part of what flagd adds to a context');
  }
  return constant(null);
}

/** The names of those attributes that are missing. */
export const convertMissing: ConvertOperator = (operand, place, conversion) => {
  const keys = isList(operand) ? operand : [operand];
  const names = keys.map((key) => (typeof key === 'string' || typeof key === 'number' ? String(key) : ''));
  const attributes = names.map((name) => attributeName(name));
  if (attributes.includes(undefined) || names.some((name) => name.startsWith('$flagd') || name.startsWith('../'))) {
    return lost('operand', place.path, 'asks whether something is missing that is no attribute');
  }
  conversion.carry('missing');
  return missingOf(attributes as string[], names, conversion);
};

function missingOf(attributes: readonly string[], names: readonly string[], conversion: Conversion): Cases {
  let cases: Cases = constant([]);
  for (const [index, name] of attributes.entries()) {
    const key = names[index] as string;
    if (conversion.generation === 2) conversion.assume(name, 'anything but null');
    assumePath(splitPath(key), name, conversion);
    const add = (more: readonly string[]): Cases =>
      bind(cases, (term) => constant([...listOf(term.kind === 'value' ? term.value : null), ...more]));
    cases = choose({ [name]: { exists: true } }, add([]), add([key]));
  }
  return cases;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [];
}
