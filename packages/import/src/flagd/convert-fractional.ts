import type { Condition, JsonArray, JsonValue } from '@sluice/core';
import { anyOf } from '../condition-algebra.ts';
import { isList } from '../plain-json.ts';
import { always, bind, type Cases, choose, constant, type FractionalPart, lost, type Term } from './cases.ts';
import { constantPart } from './constant-part.ts';
import { type Conversion, type ConvertOperator, type Place, within } from './conversion.ts';
import { isConstant } from './json-logic.ts';

const LARGEST_TOTAL = 2 ** 31 - 1;

/** Units spread over parts by a hash of the flag's key and the targeting key, or of a text of one's own. */
export const convertFractional: ConvertOperator = (operand, place, conversion) => {
  if (!isList(operand)) return lost('bucketed-by', place.path, 'fractional is not given a list');
  if (operand.length < (conversion.generation === 2 ? 1 : 2)) return constant(null);
  const [first = null, ...rest] = operand;
  conversion.carry('fractional');
  if (conversion.generation === 2) {
    conversion.caution(
      'bucketing-version',
      place.path,
      'spreads units as flagd-core has done since 3.0.0; before, most of them were elsewhere: if that is where they are ' +
        'now, import the definitions as those of flagd 1',
    );
  }
  const byFlag = isList(first);
  const text = byFlag ? undefined : conversion.convert(first, within(place, 'fractional', 0));
  for (const { gives } of text ?? []) {
    // flagd takes a list for the first of the parts.
    if (gives.kind === 'attribute') conversion.assume(gives.name, 'anything but a list');
  }
  const parts = readParts(byFlag ? operand : rest, byFlag ? 0 : 1, place, conversion);
  if ('lost' in parts) return parts.lost;
  if (text === undefined) {
    return always({ kind: 'fractional', salt: conversion.flagKey, attribute: 'targetingKey', parts: parts.parts });
  }
  return bind(text, (term) => spread(term, parts.parts, place, conversion));
};

function spread(term: Term, parts: readonly FractionalPart[], place: Place, conversion: Conversion): Cases {
  const { generation } = conversion;
  const alone = (text: string): Cases => constant(constantPart(parts, text, generation));
  if (term.kind === 'value') {
    if (isList(term.value)) return lost('bucketed-by', place.path, 'fractional is given a list that is worked out');
    return typeof term.value === 'string' ? alone(term.value) : constant(null);
  }
  if (term.kind === 'attribute') {
    const { name } = term;
    conversion.carry('fractional by an attribute');
    const units = always({ kind: 'fractional', salt: '', attribute: name, parts });
    return choose({ [name]: { type: 'string' } }, choose({ [name]: '' }, alone(''), units), constant(null));
  }
  if (term.kind !== 'text') return constant(null);
  const { prefix, attribute, missing } = term;
  conversion.carry('fractional by text');
  // What has no unit of its own is hashed with the rest by flagd, so that all of it lands in one place.
  const alike = new Map<string, { readonly value: JsonValue; readonly conditions: Condition[] }>();
  const add = (text: string, condition: Condition): void => {
    const value = constantPart(parts, text, generation);
    const known = alike.get(JSON.stringify(value));
    if (known === undefined) alike.set(JSON.stringify(value), { value, conditions: [condition] });
    else known.conditions.push(condition);
  };
  add(`${prefix}${missing}`, { [attribute]: { exists: false } });
  add(prefix, { [attribute]: '' });
  add(`${prefix}0`, { [attribute]: 0 });
  add(`${prefix}false`, { [attribute]: false });
  let cases = always({ kind: 'fractional', salt: prefix, attribute, parts });
  for (const { value, conditions } of alike.values()) cases = choose(anyOf(conditions), constant(value), cases);
  return cases;
}

function readParts(
  entries: JsonArray,
  offset: number,
  place: Place,
  conversion: Conversion,
): { readonly parts: readonly FractionalPart[] } | { readonly lost: Cases } {
  const parts: FractionalPart[] = [];
  const nothing = { lost: constant(null) };
  const { generation } = conversion;
  for (const [index, entry] of entries.entries()) {
    const at = within(place, 'fractional', index + offset);
    if (!isConstant(entry, place.evaluators) || (typeof entry === 'object' && entry !== null && !isList(entry))) {
      return { lost: lost('weights', at.path, 'fractional has a variant or a weight that is worked out') };
    }
    // An entry that flagd does not understand makes it give up the whole of it.
    if (!isList(entry) || entry.length === 0 || entry.length > 2) return nothing;
    const [value, weight = 1] = entry.map((node, side) => conversion.convert(node, within(at, side)));
    const [named, weighed] = [literalOf(value), weight === 1 ? 1 : literalOf(weight as Cases)];
    if (named === undefined || weighed === undefined) {
      return { lost: lost('weights', at.path, 'fractional has a variant or a weight that is worked out') };
    }
    if (typeof weighed !== 'number') return nothing;
    if (generation === 2) {
      if (!Number.isInteger(weighed) || (typeof named === 'object' && named !== null)) return nothing;
    } else if (typeof named !== 'string') return nothing;
    else if (weighed < 0 || weighed > Number.MAX_SAFE_INTEGER) {
      return { lost: lost('weights', at.path, 'fractional has a weight that is below 0, or too large') };
    }
    parts.push({ value: named, weight: Math.max(0, weighed) });
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (generation === 2 && (total === 0 || total > LARGEST_TOTAL)) return nothing;
  if (parts.some(({ value }) => value === null)) conversion.carry('fractional with null');
  return { parts };
}

function literalOf(cases: Cases | undefined): JsonValue | undefined {
  const [only] = cases ?? [];
  return only?.gives.kind === 'value' ? only.gives.value : undefined;
}
