import type { Condition, JsonObject } from '@sluice/core';
import { type Cases, lost } from './cases.ts';
import { type Conversion, type Place, within } from './conversion.ts';

/**
 * What stands under a name in `$evaluators`; `undefined` where flagd puts nothing in its place.
 *
 * flagd replaces the names one after another in the text of the definitions, so an evaluator can refer only to later ones.
 */
export function convertReference(node: JsonObject, place: Place, conversion: Conversion): Cases | undefined {
  const { $ref: name, ...more } = node;
  if (typeof name !== 'string' || Object.keys(more).length > 0) return undefined;
  const evaluator = place.evaluators.get(name)?.expression;
  if (evaluator === undefined) return undefined;
  if (/\$[$&`']/.test(JSON.stringify(evaluator)) || !/^[\w .@/:-]+$/.test(name)) {
    return lost('evaluator', place.path, `the evaluator ${name} has characters that flagd replaces by others`);
  }
  if (
    conversion.generation === 1 &&
    (typeof evaluator !== 'object' || evaluator === null || Array.isArray(evaluator))
  ) {
    return lost('evaluator', place.path, `the evaluator ${name} is no expression`);
  }
  conversion.carry('$ref');
  const names = [...place.evaluators.keys()];
  const later = new Map([...place.evaluators].slice(names.indexOf(name) + 1));
  const cases = conversion.convert(evaluator, { ...within(place, '$ref'), evaluators: later });
  return asSegment(name, cases, conversion);
}

/** What is a plain question keeps its name. */
function asSegment(name: string, cases: Cases, conversion: Conversion): Cases {
  const [yes, no] = cases;
  const asked =
    cases.length === 2 && yes?.gives.kind === 'value' && yes.gives.value === true && typeof yes.when === 'object';
  if (!asked || no?.gives.kind !== 'value') return cases;
  return [{ when: conversion.named(name, yes.when as Condition), gives: yes.gives }, no];
}
